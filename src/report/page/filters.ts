import { html, render } from 'lit-html';
import type { JoinedCase } from '../types.ts';
import { byId, report, ruleTitle } from './common.ts';

const names = ['text', 'state', 'target', 'rule'] as const;

/** What is shown. The empty text is no filter. */
export type Filters = Record<(typeof names)[number], string>;

/** The filters as the URL holds them, so that what somebody looks at can be sent to somebody else. */
export const hashOf = (filters: Partial<Filters>): string =>
  `#${new URLSearchParams(names.flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])))}`;

/** The numbers of the columns that are shown. */
export const columnsOf = ({ target }: Filters): number[] =>
  report.columns.flatMap(({ label }, index) => (target === '' || label === target ? [index] : []));

/** Whether a case is shown. */
export const isShown = ({ name, group = '', rule = '', cells }: JoinedCase, filters: Filters): boolean => {
  if (filters.rule !== '' && rule !== filters.rule) return false;
  const isOfState = (column: number): boolean => (cells[column]?.state ?? 'did not run') === filters.state;
  if (filters.state !== '' && !columnsOf(filters).some(isOfState)) return false;
  const searched = `${name} ${rule} ${ruleTitle(rule)} ${group}`.toLowerCase();
  return filters.text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
};

const input = (name: keyof Filters) => byId<HTMLInputElement | HTMLSelectElement>(`filter-${name}`);

/**
 * Fills the form and keeps it, the URL and the page together.
 *
 * @param show called with the filters at once and at each change
 */
export const startFilters = (show: (filters: Filters) => void): void => {
  const options = {
    state: ['failed', 'passed', 'not applicable', 'did not run'].map((state) => [state]),
    target: report.columns.map(({ label }) => [label]),
    rule: Object.keys(report.rules).map((code) => [code, ruleTitle(code)]),
  };
  for (const name of ['state', 'target', 'rule'] as const)
    render(
      [['', `every ${name}`], ...options[name]].map(
        ([value, text = value]) => html`<option value=${value}>${text}</option>`,
      ),
      input(name),
    );
  const form = byId<HTMLFormElement>('filters');
  const read = () => Object.fromEntries(new FormData(form)) as unknown as Filters;
  const fromUrl = (): void => {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const field of names.map(input)) {
      field.value = given.get(field.name) ?? '';
      // What no option has is no filter.
      field.value ||= '';
    }
    show(read());
  };
  form.addEventListener('input', () => {
    history.replaceState(null, '', hashOf(read()));
    show(read());
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    history.replaceState(null, '', '#');
    fromUrl();
  });
  window.addEventListener('hashchange', fromUrl);
  fromUrl();
};
