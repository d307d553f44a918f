import type { JoinedCase } from '../types.ts';
import { caseDetails } from './case.ts';
import { report } from './data.ts';
import { byId, h } from './dom.ts';
import { columnsOf, type Filters, isShown } from './filters.ts';

const fails = (one: JoinedCase, filters: Filters): boolean =>
  columnsOf(filters).some((column) => one.cells[column]?.state === 'failed');

const hasFailures = report.columns.some(({ failed }) => failed > 0);

/** The failures, before all else. */
export const showFailures = (filters: Filters): void => {
  const section = byId('failures');
  section.hidden = !hasFailures || (filters.state !== '' && filters.state !== 'failed');
  if (section.hidden) return;
  const failed = report.cases.filter((one) => isShown(one, filters) && fails(one, filters));
  byId('failure-list').replaceChildren(
    ...(failed.length === 0 ? [h('p', { class: 'none' }, 'None of what is shown failed.')] : []),
    ...failed.map((one) =>
      h(
        'article',
        { class: 'failure' },
        h('h3', {}, one.name),
        ...caseDetails(one, filters, ({ state }) => state === 'failed'),
      ),
    ),
  );
};
