import type { Json } from '../../client/json.ts';
import type { Cell, ReportExchange, ReportFinding } from '../types.ts';
import { type Line, linesOf } from './diff.ts';
import { h, heard } from './dom.ts';

const signs = { expected: '−', found: '+', wrong: '!' };
const words = { expected: 'expected: ', found: 'found: ', wrong: 'wrong: ' };

/** A long block begins at its first difference. */
const scrollToMark = (block: HTMLElement): void => {
  const first = block.querySelector('.expected, .found, .wrong');
  if (first === null) return;
  const above = first.getBoundingClientRect().top - block.getBoundingClientRect().top;
  block.scrollTop += above - block.clientHeight / 3;
};

const code = (lines: readonly Line[], label: string): HTMLElement => {
  const block = h(
    'pre',
    { tabindex: 0, role: 'group', 'aria-label': label },
    ...lines.map(({ text, mark }) =>
      mark === undefined
        ? h('span', { class: 'line' }, `  ${text}\n`)
        : h('span', { class: `line ${mark}` }, `${signs[mark]} `, heard(words[mark]), `${text}\n`),
    ),
  );
  // It has a height only where it stands in the page.
  requestAnimationFrame(() => scrollToMark(block));
  return block;
};

const placesIn = (
  findings: readonly ReportFinding[],
  part: ReportFinding['part'],
  tokenType?: string,
): ReportFinding[] => {
  const places = findings.filter((finding) => finding.part === part && finding.tokenType === tokenType);
  // Two checks may find the same: the one that knows both sides says more.
  return places.filter(
    (place, index) =>
      !places.some(
        (other, otherIndex) =>
          other.pointer === place.pointer &&
          ('expected' in other || 'found' in other) &&
          (!('expected' in place || 'found' in place) || otherIndex < index),
      ),
  );
};

const headerLines = (headers: Record<string, string>, findings: readonly ReportFinding[]): Line[] => {
  const places = placesIn(findings, 'headers');
  const line = (name: string, value: Json | undefined): string => `${name}: ${String(value)}`;
  const at = (name: string) => places.find(({ pointer }) => pointer === `/${name}`);
  const present = Object.entries(headers).flatMap(([name, value]): Line[] => {
    const place = at(name);
    if (place === undefined) return [{ text: line(name, value) }];
    const expected: Line[] =
      place.expected === undefined ? [] : [{ text: line(name, place.expected), mark: 'expected' }];
    return [...expected, { text: line(name, value), mark: 'found' }];
  });
  const missing = places
    .filter(({ pointer = '' }) => !Object.hasOwn(headers, pointer.slice(1)))
    .map(({ pointer = '', expected }): Line => {
      return { text: line(pointer.slice(1), expected ?? '…'), mark: 'expected' };
    });
  return [...present, ...missing];
};

const statusLines = (status: number, findings: readonly ReportFinding[]): Line[] => {
  const place = findings.find(({ part }) => part === 'status');
  return place === undefined
    ? [{ text: String(status) }]
    : [
        { text: String(place.expected), mark: 'expected' },
        { text: String(status), mark: 'found' },
      ];
};

const part = (title: string, ...blocks: (Node | false)[]): HTMLElement =>
  h('div', { class: 'part' }, h('h4', {}, title), ...blocks);

const customizers = (
  title: string,
  given: { [tokenType: string]: Json },
  findings: readonly ReportFinding[],
): HTMLElement => {
  const entries = Object.entries(given);
  return part(
    title,
    ...(entries.length === 0 ? [h('p', { class: 'none' }, 'no customizer')] : []),
    ...entries.map(([tokenType, value]) =>
      h(
        'div',
        {},
        h('p', { class: 'caption' }, tokenType),
        code(linesOf(value, placesIn(findings, 'stored', tokenType)), `${title}, ${tokenType}`),
      ),
    ),
  );
};

/** Copies a command; where the browser does not let it, selects it. */
const copyable = (text: string): HTMLElement => {
  const pre = h('pre', { tabindex: 0, role: 'group', 'aria-label': 'curl command' }, text);
  const said = h('span', { role: 'status' });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = ' Copied.';
    } catch {
      getSelection()?.selectAllChildren(pre);
      said.textContent = ' Selected: copy it with your keyboard.';
    }
  };
  return h(
    'div',
    { class: 'part wide' },
    h('h4', {}, 'As a command'),
    pre,
    h('p', {}, h('button', { type: 'button', class: 'quiet', onclick: () => void copy() }, 'Copy'), said),
  );
};

const show = (value: Json | undefined): string =>
  value === undefined ? 'nothing there' : JSON.stringify(value);

const short = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

const findingItem = (finding: ReportFinding): HTMLElement => {
  const { check, message, pointer, expected, found } = finding;
  const isTold = expected === undefined && found === undefined;
  return h(
    'li',
    {},
    h('span', { class: 'check' }, check),
    ' ',
    isTold
      ? message
      : h('code', {}, finding.tokenType === undefined ? pointer || '' : `${finding.tokenType} ${pointer}`),
    isTold
      ? false
      : h(
          'div',
          { class: 'sides' },
          h('div', { class: 'line expected' }, '− expected ', h('code', {}, short(show(expected)))),
          h('div', { class: 'line found' }, '+ found ', h('code', {}, short(show(found)))),
        ),
  );
};

const exchangeParts = (exchange: ReportExchange): HTMLElement => {
  const { given, request, response, after, curl, findings } = exchange;
  return h(
    'div',
    { class: 'parts' },
    h(
      'div',
      { class: 'side' },
      customizers('Before', given, []),
      part(
        'Request',
        code(
          [
            { text: `${request.method} ${request.path}` },
            ...Object.entries(request.headers).map(([name, value]) => ({ text: `${name}: ${value}` })),
          ],
          'Request line and headers',
        ),
        request.body !== undefined && code(linesOf(request.body, []), 'Request body'),
      ),
    ),
    h(
      'div',
      { class: 'side' },
      part(
        'Response',
        code(
          [...statusLines(response.status, findings), ...headerLines(response.headers, findings)],
          'Status and headers of the response',
        ),
        response.body !== '' || placesIn(findings, 'body').length > 0
          ? code(linesOf(response.body, placesIn(findings, 'body')), 'Response body')
          : h('p', { class: 'none' }, 'no body'),
      ),
      Object.keys(after).length > 0 && customizers('Stored afterwards', after, findings),
    ),
    copyable(curl),
  );
};

/** All that is known of one case on one target. */
export const exchangeOf = (cell: Cell): HTMLElement[] => {
  const { exchange, error, reason, note } = cell;
  const findings = exchange?.findings ?? [];
  return [
    ...(reason === undefined ? [] : [h('p', {}, `Not applicable: ${reason}`)]),
    ...(note === undefined ? [] : [h('p', {}, note)]),
    ...(findings.length === 0 ? [] : [h('ul', { class: 'findings' }, ...findings.map(findingItem))]),
    ...(error !== undefined && findings.length === 0
      ? [h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Error' }, error)]
      : []),
    ...(exchange === undefined ? [] : [exchangeParts(exchange)]),
    ...(exchange === undefined && error === undefined && reason === undefined
      ? [h('p', { class: 'none' }, 'Its exchange was not kept.')]
      : []),
  ];
};
