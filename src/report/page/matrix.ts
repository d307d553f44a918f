import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { JoinedCase } from '../types.ts';
import { caseDetails, markOf, ruleText } from './case.ts';
import { breakable, byId, heard, marks, plural, prose, report, ruleTitle } from './common.ts';
import { columnsOf, type Filters, isShown } from './filters.ts';

/** Rules by code and cases by name that the reader opened. They stay open when the filters change. */
const unfolded = { rule: new Set<string>(), case: new Set<string>() };

/** How many of a rule's cases failed and passed on one target. */
const tally = (cases: readonly JoinedCase[], column: number): TemplateResult | TemplateResult[] => {
  const has = (state: keyof typeof marks): number =>
    cases.filter(({ cells }) => cells[column]?.state === state).length;
  const one = (name: string, mark: string, words: string): TemplateResult =>
    html`<span class="tally ${name}"><span aria-hidden="true">${mark}</span>${heard(words)}</span>`;
  const some = (['failed', 'passed'] as const)
    .filter((state) => has(state) > 0)
    .map((state) => one(state, `${marks[state]} ${has(state)}`, `${has(state)} ${state}`));
  if (some.length > 0) return some;
  return has('not applicable') > 0
    ? one('na', marks['not applicable'], 'none applicable')
    : one('na', '·', 'none ran');
};

/** Every case by target, under its rule. */
export const showMatrix = (filters: Filters): void => {
  const shown = report.cases.filter((one) => isShown(one, filters));
  const groups = new Map<string, JoinedCase[]>();
  for (const one of shown) groups.set(one.rule ?? '', [...(groups.get(one.rule ?? '') ?? []), one]);
  const columns = columnsOf(filters);
  const allUnfolded = (): boolean => [...groups.keys()].every((code) => unfolded.rule.has(code));

  /** A row whose button shows and hides the rows below it. */
  const row = (kind: keyof typeof unfolded, key: string, label: unknown, cells: readonly unknown[]) => {
    const toggle = (): void => {
      if (!unfolded[kind].delete(key)) unfolded[kind].add(key);
      draw();
    };
    const isUnfolded = String(unfolded[kind].has(key));
    return html`<tr class=${kind}>
      <th scope=${kind === 'rule' ? 'rowgroup' : 'row'}>
        <button type="button" class="toggle" aria-expanded=${isUnfolded} @click=${toggle}>${label}</button>
      </th>
      ${cells.map((cell) => html`<td @click=${toggle}>${cell}</td>`)}
    </tr>`;
  };
  const below = (content: unknown): TemplateResult =>
    html`<tr class="below"><td colspan=${columns.length + 1}><div class="inside">${content}</div></td></tr>`;
  const caseRows = (one: JoinedCase): unknown[] => [
    row(
      'case',
      one.name,
      one.name,
      columns.map((column) => markOf(one.cells[column] ?? null)),
    ),
    unfolded.case.has(one.name) ? below(caseDetails(one, filters)) : nothing,
  ];
  const ruleBody = ([code, cases]: [string, JoinedCase[]]): TemplateResult => {
    const title =
      code === '' ? 'Without a rule' : html`<span>${prose(ruleTitle(code))}</span><code>${code}</code>`;
    const tallies = columns.map((column) => tally(cases, column));
    const isUnfolded = unfolded.rule.has(code);
    return html`<tbody>
      ${row('rule', code, title, tallies)}
      ${isUnfolded && code !== '' ? below(ruleText(code)) : nothing}
      ${isUnfolded ? cases.map(caseRows) : nothing}
    </tbody>`;
  };
  const head = (column: number): TemplateResult => {
    const { label = '', release } = report.columns[column] ?? {};
    return html`<th scope="col">${breakable(label)}${release === undefined ? nothing : html`<small>${release}</small>`}</th>`;
  };
  const draw = (): void => {
    render(
      shown.length === 0
        ? html`<p class="none">${report.cases.length === 0 ? 'No case ran.' : 'No case matches the filters.'}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">Rule and case</th>
                ${columns.map(head)}
              </tr>
            </thead>
            ${[...groups].map(ruleBody)}
          </table>`,
      byId('matrix'),
    );
    unfold.textContent = allUnfolded() ? 'Collapse all rules' : 'Expand all rules';
  };

  byId('shown').textContent =
    shown.length === report.cases.length
      ? plural(shown.length, 'case')
      : `${shown.length} of ${plural(report.cases.length, 'case')}`;
  // A search opens what it finds.
  if ((filters.text !== '' || filters.rule !== '') && groups.size <= 3)
    for (const code of groups.keys()) unfolded.rule.add(code);
  if (shown.length === 1) for (const { name } of shown) unfolded.case.add(name);
  const unfold = byId('unfold');
  unfold.hidden = groups.size === 0;
  unfold.onclick = () => {
    const isFolding = allUnfolded();
    for (const code of groups.keys()) unfolded.rule[isFolding ? 'delete' : 'add'](code);
    draw();
  };
  // Render afresh, so that no details opened for other cases stay open.
  render(nothing, byId('matrix'));
  draw();
  // So that it scrolls by keyboard.
  byId('matrix').tabIndex = 0;
};

/** The failures, directly under the verdict. */
export const showFailures = (filters: Filters): void => {
  const section = byId('failures');
  const hasFailures = report.columns.some(({ failed }) => failed > 0);
  section.hidden = !hasFailures || (filters.state !== '' && filters.state !== 'failed');
  if (section.hidden) return;
  const fails = ({ cells }: JoinedCase): boolean =>
    columnsOf(filters).some((column) => cells[column]?.state === 'failed');
  const failed = report.cases.filter((one) => isShown(one, filters) && fails(one));
  const list = byId('failure-list');
  render(nothing, list);
  render(
    failed.length === 0
      ? html`<p class="none">None of the cases shown failed.</p>`
      : failed.map(
          (one) => html`<article class="failure">
            <h3>${one.name}</h3>
            ${caseDetails(one, filters, ({ state }) => state === 'failed')}
          </article>`,
        ),
    list,
  );
};
