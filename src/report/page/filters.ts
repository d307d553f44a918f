import { html, render } from 'lit-html';
import type { JoinedCase } from '../types.ts';
import { report, ruleTitle } from './data.ts';
import { byId } from './dom.ts';

/** What is shown. The empty text is no filter. */
export interface Filters {
  text: string;
  state: string;
  target: string;
  rule: string;
}

const names = ['text', 'state', 'target', 'rule'] as const;

/** The filters that the URL holds, so that what somebody looks at can be sent to somebody else. */
const filtersOf = (hash: string): Filters => {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return Object.fromEntries(names.map((name) => [name, given.get(name) ?? ''])) as unknown as Filters;
};

export const hashOf = (filters: Partial<Filters>): string => {
  const set = names.flatMap((name) => (filters[name] ? [[name, filters[name]] as [string, string]] : []));
  return `#${new URLSearchParams(set)}`;
};

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

const fill = (name: keyof Filters, options: readonly [value: string, text: string][]): void => {
  const all = [['', `every ${name}`] as const, ...options];
  render(
    all.map(([value, text]) => html`<option value=${value}>${text}</option>`),
    input(name),
  );
};

/**
 * Fills the form and keeps it, the URL and the page together.
 *
 * @param show called with the filters at once and at each change
 */
export const startFilters = (show: (filters: Filters) => void): void => {
  const states = ['failed', 'passed', 'not applicable', 'did not run'];
  fill(
    'state',
    states.map((state) => [state, state]),
  );
  fill(
    'target',
    report.columns.map(({ label }) => [label, label]),
  );
  fill(
    'rule',
    Object.keys(report.rules).map((code) => [code, ruleTitle(code)]),
  );
  const read = () => Object.fromEntries(names.map((name) => [name, input(name).value])) as unknown as Filters;
  const fromUrl = (): void => {
    const filters = filtersOf(location.hash);
    for (const name of names) if (input(name).value !== filters[name]) input(name).value = filters[name];
    show(read());
  };
  const form = byId<HTMLFormElement>('filters');
  form.addEventListener('input', () => {
    history.replaceState(null, '', hashOf(read()));
    show(read());
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    history.replaceState(null, '', hashOf({}));
    fromUrl();
  });
  window.addEventListener('hashchange', fromUrl);
  fromUrl();
};
