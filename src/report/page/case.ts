import type { Cell, JoinedCase } from '../types.ts';
import { classOf, marks, report, seconds } from './data.ts';
import { h, heard, lazyDetails, prose } from './dom.ts';
import { exchangeOf } from './exchange.ts';
import { columnsOf, type Filters, hashOf } from './filters.ts';

/** A state as a mark that can be heard. */
export const markOf = (cell: Cell | null): HTMLElement =>
  cell === null
    ? h(
        'span',
        { class: 'mark', title: 'did not run' },
        h('span', { 'aria-hidden': 'true' }, '·'),
        heard('did not run'),
      )
    : h(
        'span',
        { class: `mark ${classOf(cell.state)}`, title: cell.reason ?? cell.state },
        h('span', { 'aria-hidden': 'true' }, marks[cell.state]),
        heard(cell.state),
      );

const firstLine = (text: string): string => {
  const line = text.split('\n')[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
};

const saidShort = ({ state, exchange, error, reason, milliseconds }: Cell): string => {
  if (state === 'not applicable') return reason ?? '';
  if (state === 'passed') return milliseconds === undefined ? '' : seconds(milliseconds);
  const [first, ...others] = exchange?.findings ?? [];
  if (first === undefined) return firstLine(error ?? '');
  return `${first.check}: ${firstLine(first.message)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
};

const evidenceItem = (evidence: string): HTMLElement =>
  evidence.startsWith('README: ')
    ? h('li', {}, 'read off what was recorded: ', h('q', {}, ...prose(evidence.slice(8))))
    : h('li', {}, 'recorded: ', h('code', {}, evidence));

/** What the rule says and what stands behind it. */
export const ruleText = (code: string): HTMLElement[] => {
  const rule = report.rules[code];
  if (rule === undefined) return [h('p', {}, 'This report does not explain the rule.')];
  return [
    h('p', { class: 'does' }, ...prose(rule.does)),
    h('p', { class: 'caption' }, 'Evidence'),
    h('ul', {}, ...rule.evidence.map(evidenceItem)),
    h('p', {}, h('a', { href: hashOf({ rule: code }) }, 'Show the cases of this rule alone')),
  ];
};

const ruleDetails = (code: string): HTMLElement =>
  lazyDetails(
    [
      h('span', { class: 'caption' }, 'Rule '),
      h('code', {}, code),
      ' ',
      ...prose(report.rules[code]?.title ?? ''),
    ],
    () => ruleText(code),
    { class: 'rule' },
  );

const evidenceOf = ({ evidence }: JoinedCase): string =>
  evidence === undefined
    ? ''
    : 'recording' in evidence
      ? `recorded: ${evidence.recording}`
      : 'readme' in evidence
        ? `read off what was recorded: ${evidence.readme}`
        : `official guard: ${evidence.guard}`;

const factsOf = (one: JoinedCase): string =>
  [
    one.group && `${one.group}.json`,
    one.since && `since ${one.since}`,
    one.before && `before ${one.before}`,
    evidenceOf(one),
  ]
    .filter(Boolean)
    .join(' · ');

/** One case: its rule, and what came of it on each target. */
export const caseDetails = (
  one: JoinedCase,
  filters: Filters,
  isWanted: (cell: Cell) => boolean = () => true,
): HTMLElement[] => [
  ...(one.rule === undefined ? [] : [ruleDetails(one.rule)]),
  h(
    'p',
    { class: 'facts' },
    `${factsOf(one)} `,
    h('a', { href: hashOf({ text: one.name }) }, 'Link', heard(` to ${one.name}`)),
  ),
  ...columnsOf(filters).flatMap((column) => {
    const cell = one.cells[column];
    if (cell === null || cell === undefined || !isWanted(cell)) return [];
    return [
      lazyDetails(
        [
          markOf(cell),
          ' ',
          h('strong', {}, report.columns[column]?.label),
          ' ',
          h('span', { class: 'said' }, saidShort(cell)),
        ],
        () => exchangeOf(cell),
        { class: 'exchange' },
      ),
    ];
  }),
];
