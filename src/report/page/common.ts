import { html, render, type TemplateResult } from 'lit-html';
import type { Cell, Joined } from '../types.ts';

export const report = JSON.parse(document.getElementById('data')?.textContent ?? '') as Joined;

/** The mark of each state. Colour is never the only sign. */
export const marks: Record<Cell['state'], string> = { passed: '✓', failed: '✗', 'not applicable': '–' };

/** The class of a state. */
export const classOf = (state: Cell['state']): string => (state === 'not applicable' ? 'na' : state);

export const ruleTitle = (code: string): string => report.rules[code]?.title ?? code;

export const plural = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

export const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds}\u00a0ms` : `${(milliseconds / 1000).toFixed(1)}\u00a0s`;

export const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** The element of the page with that id. */
export const byId = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
};

/** Text for screen readers only. */
export const heard = (text: string): TemplateResult => html`<span class="heard">${text}</span>`;

/** Details whose content is rendered when they are first opened. */
export const lazyDetails = (kind: string, summary: unknown, content: () => unknown): TemplateResult => {
  const fill = ({ currentTarget }: Event): void => {
    const details = currentTarget as HTMLDetailsElement;
    if (details.open && details.childElementCount === 1) render(content(), details);
  };
  return html`<details class=${kind} @toggle=${fill}><summary>${summary}</summary></details>`;
};

/** Text whose words in backticks are code. */
export const prose = (text: string) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));

/** A name that may break where its words end, and no version in it. */
export const breakable = (name: string) =>
  name.split(/(?<=[.:-])(?<!\d\.)/).map((part) => html`${part}<wbr />`);
