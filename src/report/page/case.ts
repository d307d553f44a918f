import { html, nothing, type TemplateResult } from 'lit-html';
import { cut } from '../markdown.ts';
import type { Cell, JoinedCase } from '../types.ts';
import { classOf, heard, lazyDetails, marks, prose, report, seconds } from './common.ts';
import { exchangeOf } from './exchange.ts';
import { columnsOf, type Filters, hashOf } from './filters.ts';

/** A state as a mark, with its name for screen readers. */
export const markOf = (cell: Cell | null): TemplateResult => {
  const said = cell?.state ?? 'did not run';
  return html`<span class=${cell === null ? 'mark' : `mark ${classOf(cell.state)}`} title=${cell?.reason ?? said}
    ><span aria-hidden="true">${cell === null ? '·' : marks[cell.state]}</span>${heard(said)}</span
  >`;
};

const firstLine = (text: string): string => cut(text.split('\n')[0] ?? '', 160);

const saidShort = ({ state, exchange, error, reason, milliseconds }: Cell): string => {
  if (state === 'not applicable') return reason ?? '';
  if (state === 'passed') return milliseconds === undefined ? '' : seconds(milliseconds);
  const [first, ...others] = exchange?.findings ?? [];
  if (first === undefined) return firstLine(error ?? '');
  return `${first.check}: ${firstLine(first.message)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
};

const evidenceItem = (evidence: string): TemplateResult =>
  evidence.startsWith('README: ')
    ? html`<li>README of the recordings: <q>${prose(evidence.slice(8))}</q></li>`
    : html`<li>recording: <code>${evidence}</code></li>`;

/** The rule and its evidence. */
export const ruleText = (code: string): TemplateResult => {
  const rule = report.rules[code];
  if (rule === undefined) return html`<p>This report does not describe the rule.</p>`;
  return html`<p class="does">${prose(rule.does)}</p>
    <p class="caption">Evidence</p>
    <ul>
      ${rule.evidence.map(evidenceItem)}
    </ul>
    <p><a href=${hashOf({ rule: code })}>Show only the cases of rule ${code}</a></p>`;
};

const evidenceKinds: Record<string, string> = {
  recording: 'recording',
  readme: 'README of the recordings',
  guard: 'official guard',
};

const factsOf = ({ group, since, before, evidence }: JoinedCase): string =>
  [
    group && `${group}.json`,
    since && `since ${since}`,
    before && `before ${before}`,
    ...Object.entries(evidence ?? {}).map(([kind, text]) => `${evidenceKinds[kind]}: ${text}`),
  ]
    .filter(Boolean)
    .join(' · ');

/** One case: its rule, and its result on each target. */
export const caseDetails = (
  one: JoinedCase,
  filters: Filters,
  isWanted: (cell: Cell) => boolean = () => true,
): unknown[] => [
  one.rule === undefined
    ? nothing
    : lazyDetails(
        'rule',
        html`<span class="caption">Rule </span><code>${one.rule}</code> ${prose(report.rules[one.rule]?.title ?? '')}`,
        () => ruleText(one.rule ?? ''),
      ),
  html`<p class="facts">${factsOf(one)} <a href=${hashOf({ text: one.name })}>Show only this case${heard(`: ${one.name}`)}</a></p>`,
  ...columnsOf(filters).flatMap((column) => {
    const cell = one.cells[column];
    if (cell === null || cell === undefined || !isWanted(cell)) return [];
    const label = report.columns[column]?.label;
    const summary = html`${markOf(cell)} <strong>${label}</strong> <span class="said">${saidShort(cell)}</span>`;
    return [lazyDetails('exchange', summary, () => exchangeOf(cell))];
  }),
];
