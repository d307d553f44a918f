import { html, render } from 'lit-html';
import type { JoinedCase } from '../types.ts';
import { byId, report, ruleTitle } from './common.ts';

const names = ['text', 'state', 'target', 'rule'] as const;

/** The filters by name. An empty string is no filter. */
export type Filters = Record<(typeof names)[number], string>;

/** The hash that keeps the filters in the URL, so that a view can be shared. */
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
      [['', `all ${name}s`], ...options[name]].map(
        ([value, text = value]) => html`<option value=${value}>${text}</option>`,
      ),
      input(name),
    );
  const form = byId<HTMLFormElement>('filters');
  const read = () => Object.fromEntries(new FormData(form)) as unknown as Filters;
  const fromUrl = (): Filters => {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const field of names.map(input)) {
      field.value = given.get(field.name) ?? '';
      // A value without an option is no filter.
      field.value ||= '';
    }
    return read();
  };
  /** Shows other failures above the targets and the form. If the reader sees these, they stay where they are. */
  const change = (filters: Filters): void => {
    const { top, bottom } = form.getBoundingClientRect();
    const isInSight = byId('targets').getBoundingClientRect().top < innerHeight && bottom > 0;
    show(filters);
    if (isInSight) scrollBy(0, form.getBoundingClientRect().top - top);
  };
  form.addEventListener('input', () => {
    history.replaceState(null, '', hashOf(read()));
    change(read());
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    history.replaceState(null, '', '#');
    change(fromUrl());
  });
  window.addEventListener('hashchange', () => change(fromUrl()));
  show(fromUrl());
};
