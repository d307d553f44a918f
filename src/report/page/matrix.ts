import type { JoinedCase } from '../types.ts';
import { caseDetails, markOf, ruleText } from './case.ts';
import { byRule, marks, plural, report, ruleTitle } from './data.ts';
import { breakable, byId, h, heard, prose } from './dom.ts';
import { columnsOf, type Filters, isShown } from './filters.ts';

/** Rules, and cases by name, that somebody unfolded. They stay so when the filters change. */
const unfolded = { rules: new Set<string>(), cases: new Set<string>() };

const has = (cases: readonly JoinedCase[], column: number, state: keyof typeof marks): number =>
  cases.filter(({ cells }) => cells[column]?.state === state).length;

/** How a rule's cases went on one target. */
const tally = (cases: readonly JoinedCase[], column: number): HTMLElement[] => {
  const failed = has(cases, column, 'failed');
  const passed = has(cases, column, 'passed');
  const count = (number: number, mark: string, word: string, name: string): HTMLElement =>
    h(
      'span',
      { class: `tally ${name}` },
      h('span', { 'aria-hidden': 'true' }, `${mark} ${number}`),
      heard(`${number} ${word}`),
    );
  const some = [
    ...(failed > 0 ? [count(failed, marks.failed, 'failed', 'failed')] : []),
    ...(passed > 0 ? [count(passed, marks.passed, 'passed', 'passed')] : []),
  ];
  if (some.length > 0) return some;
  const didRun = has(cases, column, 'not applicable') > 0;
  return [
    h(
      'span',
      { class: 'tally na' },
      h('span', { 'aria-hidden': 'true' }, didRun ? marks['not applicable'] : '·'),
      heard(didRun ? 'none applicable' : 'none ran'),
    ),
  ];
};

/** A button in a table's row that unfolds what comes below. */
const toggle = (label: (Node | string)[], set: Set<string>, key: string, apply: () => void): HTMLElement => {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'toggle',
      'aria-expanded': String(set.has(key)),
      onclick: () => {
        if (!set.delete(key)) set.add(key);
        button.setAttribute('aria-expanded', String(set.has(key)));
        apply();
      },
    },
    ...label,
  );
  return button;
};

const caseRows = (one: JoinedCase, columns: readonly number[], filters: Filters): HTMLElement[] => {
  const inside = h('div', { class: 'inside' });
  const below = h('tr', { class: 'below' }, h('td', { colspan: columns.length + 1 }, inside));
  const apply = (): void => {
    below.hidden = !unfolded.cases.has(one.name);
    if (!below.hidden && inside.childElementCount === 0) inside.append(...caseDetails(one, filters));
  };
  apply();
  const button = toggle([one.name], unfolded.cases, one.name, apply);
  const row = h(
    'tr',
    { class: 'case' },
    h('th', { scope: 'row' }, button),
    ...columns.map((column) => h('td', { onclick: () => button.click() }, markOf(one.cells[column] ?? null))),
  );
  return [row, below];
};

const ruleBody = (
  code: string,
  cases: readonly JoinedCase[],
  columns: readonly number[],
  filters: Filters,
): HTMLElement => {
  const body = h('tbody');
  let rows: HTMLElement[] = [];
  const apply = (): void => {
    for (const row of rows) row.remove();
    rows = [];
    if (!unfolded.rules.has(code)) return;
    const text = h('td', { colspan: columns.length + 1 }, h('div', { class: 'inside' }, ...ruleText(code)));
    rows = [
      ...(code === '' ? [] : [h('tr', { class: 'below' }, text)]),
      ...cases.flatMap((one) => caseRows(one, columns, filters)),
    ];
    body.append(...rows);
  };
  const title =
    code === '' ? ['Without a rule'] : [h('span', {}, ...prose(ruleTitle(code))), h('code', {}, code)];
  const button = toggle(title, unfolded.rules, code, apply);
  body.append(
    h(
      'tr',
      { class: 'rule' },
      h('th', { scope: 'rowgroup' }, button),
      ...columns.map((column) => h('td', { onclick: () => button.click() }, ...tally(cases, column))),
    ),
  );
  apply();
  return body;
};

const head = (columns: readonly number[]): HTMLElement =>
  h(
    'thead',
    {},
    h(
      'tr',
      {},
      h('th', { scope: 'col' }, 'Rule and case'),
      ...columns.map((column) => {
        const { label = '', release } = report.columns[column] ?? {};
        return h(
          'th',
          { scope: 'col' },
          ...breakable(label),
          release !== undefined && h('small', {}, release),
        );
      }),
    ),
  );

/** Every case by target, under its rule. */
export const showMatrix = (filters: Filters): void => {
  const shown = report.cases.filter((one) => isShown(one, filters));
  const groups = byRule(shown);
  const columns = columnsOf(filters);
  byId('shown').textContent =
    shown.length === report.cases.length
      ? plural(shown.length, 'case')
      : `${shown.length} of ${plural(report.cases.length, 'case')}`;
  const draw = (): void => {
    byId('matrix').replaceChildren(
      shown.length === 0
        ? h('p', { class: 'none' }, report.cases.length === 0 ? 'No case ran.' : 'No case is like that.')
        : h(
            'table',
            {},
            head(columns),
            ...[...groups].map(([code, cases]) => ruleBody(code, cases, columns, filters)),
          ),
    );
  };
  // Who looks for something wants to see it.
  if ((filters.text !== '' || filters.rule !== '') && groups.size <= 3)
    for (const code of groups.keys()) unfolded.rules.add(code);
  if (shown.length === 1) for (const { name } of shown) unfolded.cases.add(name);
  const unfold = byId('unfold');
  unfold.hidden = groups.size === 0;
  const allUnfolded = (): boolean => [...groups.keys()].every((code) => unfolded.rules.has(code));
  const label = (): void => {
    unfold.textContent = allUnfolded() ? 'Fold all rules' : 'Unfold all rules';
  };
  unfold.onclick = () => {
    const isFolding = allUnfolded();
    for (const code of groups.keys()) unfolded.rules[isFolding ? 'delete' : 'add'](code);
    draw();
    label();
  };
  draw();
  label();
  // Whoever has no mouse scrolls it by keyboard.
  byId('matrix').tabIndex = 0;
};
