import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { Json } from '../../client/json.ts';
import { cut } from '../markdown.ts';
import type { Cell, ReportExchange, ReportFinding } from '../types.ts';
import { heard } from './common.ts';
import { type Line, linesOf, sides } from './diff.ts';

const signs = { expected: '−', found: '+', wrong: '!' };

/** Scrolls a long block to its first difference. */
const scrollToMark = (block: Element): void => {
  const first = block.querySelector('.expected, .found, .wrong');
  if (first === null) return;
  const above = first.getBoundingClientRect().top - block.getBoundingClientRect().top;
  block.scrollTop += above - block.clientHeight / 3;
};

/** Blocks have a height only once they are in the page. */
const whenShown = ref((block) => block && requestAnimationFrame(() => scrollToMark(block)));

const code = (lines: readonly Line[], label: string): TemplateResult =>
  html`<pre tabindex="0" role="group" aria-label=${label} ${whenShown}>${lines.map(({ text, mark }) =>
    mark === undefined
      ? html`<span class="line">${`  ${text}\n`}</span>`
      : html`<span class="line ${mark}">${`${signs[mark]} `}${heard(`${mark}: `)}${`${text}\n`}</span>`,
  )}</pre>`;

const placesIn = (
  findings: readonly ReportFinding[],
  part: ReportFinding['part'],
  tokenType?: string,
): ReportFinding[] => {
  // Two checks can find the same difference. The first one counts, so those with both sides come first.
  const isVague = (place: ReportFinding): number => Number(!('expected' in place || 'found' in place));
  return findings
    .filter((finding) => finding.part === part && finding.tokenType === tokenType)
    .sort((a, b) => isVague(a) - isVague(b));
};

const headerLines = (headers: Record<string, string>, findings: readonly ReportFinding[]): Line[] => {
  const places = placesIn(findings, 'headers');
  const names = [...Object.keys(headers), ...places.map(({ pointer = '' }) => pointer.slice(1))];
  return [...new Set(names)].flatMap((name) => {
    const place = places.find(({ pointer }) => pointer === `/${name}`);
    const found = Object.hasOwn(headers, name) ? headers[name] : undefined;
    const expected = place?.expected ?? (found === undefined ? '…' : undefined);
    const line = (value: Json | undefined) => (value === undefined ? [] : [`${name}: ${String(value)}`]);
    return sides(line(expected), line(found), place !== undefined);
  });
};

const statusLines = (status: number, findings: readonly ReportFinding[]): Line[] => {
  const place = findings.find(({ part }) => part === 'status');
  return sides(place ? [String(place.expected)] : [], [String(status)], place !== undefined);
};

const part = (title: string, ...blocks: unknown[]): TemplateResult =>
  html`<div class="part"><h4>${title}</h4>${blocks}</div>`;

const customizers = (
  title: string,
  given: { [tokenType: string]: Json },
  findings: readonly ReportFinding[] = [],
): TemplateResult => {
  const shown = Object.entries(given).map(([tokenType, value]) => {
    const lines = linesOf(value, placesIn(findings, 'stored', tokenType));
    return html`<div><p class="caption">${tokenType}</p>${code(lines, `${title}, ${tokenType}`)}</div>`;
  });
  return part(title, shown.length === 0 ? html`<p class="none">no customizer</p>` : shown);
};

/** Copies a command, or selects it if the browser forbids copying. */
const copyable = (text: string): TemplateResult => {
  const copy = async ({ currentTarget }: Event): Promise<void> => {
    const button = currentTarget as HTMLElement;
    const said = button.nextElementSibling as HTMLElement;
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = ' Copied.';
    } catch {
      const command = button.closest('.part')?.querySelector('pre');
      if (command) getSelection()?.selectAllChildren(command);
      said.textContent = ' Selected: copy it with your keyboard.';
    }
  };
  return html`<div class="part wide">
    <h4>As a curl command</h4>
    <pre tabindex="0" role="group" aria-label="curl command">${text}</pre>
    <p><button type="button" class="quiet" @click=${copy}>Copy</button><span role="status"></span></p>
  </div>`;
};

const show = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : cut(JSON.stringify(value), 400);

const findingItem = (finding: ReportFinding): TemplateResult => {
  const { check, message, tokenType = '', pointer, expected, found } = finding;
  if (expected === undefined && found === undefined)
    return html`<li><span class="check">${check}</span> ${message}</li>`;
  return html`<li>
    <span class="check">${check}</span>
    <code>${`${tokenType} ${pointer}`.trim()}</code>
    <div class="sides">
      <div class="line expected">− expected <code>${show(expected)}</code></div>
      <div class="line found">+ found <code>${show(found)}</code></div>
    </div>
  </li>`;
};

const exchangeParts = (exchange: ReportExchange): TemplateResult => {
  const { given, request, response, after, curl, findings } = exchange;
  const sent = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`${request.method} ${request.path}`, ...sent].map((text) => ({ text }));
  const received = [...statusLines(response.status, findings), ...headerLines(response.headers, findings)];
  const body = linesOf(response.body, placesIn(findings, 'body'));
  return html`<div class="parts">
    <div class="side">
      ${customizers('Before', given)}
      ${part(
        'Request',
        code(head, 'Request line and headers'),
        request.body === undefined ? nothing : code(linesOf(request.body, []), 'Request body'),
      )}
    </div>
    <div class="side">
      ${part(
        'Response',
        code(received, 'Status and headers of the response'),
        body.length > 0 ? code(body, 'Response body') : html`<p class="none">no body</p>`,
      )}
      ${Object.keys(after).length > 0 ? customizers('Stored afterwards', after, findings) : nothing}
    </div>
    ${copyable(curl)}
  </div>`;
};

/** The result of one case on one target, with its exchange. */
export const exchangeOf = ({ exchange, error, reason, note }: Cell): TemplateResult => {
  const findings = exchange?.findings ?? [];
  const isKept = [exchange, error, reason].some((known) => known !== undefined);
  return html`
    ${reason && html`<p>Not applicable: ${reason}</p>`} ${note && html`<p>${note}</p>`}
    ${
      findings.length > 0
        ? html`<ul class="findings">${findings.map(findingItem)}</ul>`
        : error && html`<pre tabindex="0" role="group" aria-label="Error">${error}</pre>`
    }
    ${exchange && exchangeParts(exchange)}
    ${isKept ? nothing : html`<p class="none">This report does not contain the request and response.</p>`}
  `;
};
