import type { JoinedCase } from '../types.ts';
import { report, ruleTitle, type State } from './data.ts';
import { byId, h } from './dom.ts';

/** What is shown. The empty text is no filter. */
export interface Filters {
  text: string;
  state: string;
  target: string;
  rule: string;
}

const names = ['text', 'state', 'target', 'rule'] as const;

/** The filters that the URL holds, so that what somebody looks at can be sent to somebody else. */
export const filtersOf = (hash: string): Filters => {
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

const stateAt = (one: JoinedCase, column: number): State | 'did not run' =>
  one.cells[column]?.state ?? 'did not run';

/** Whether a case is shown. */
export const isShown = (one: JoinedCase, filters: Filters): boolean => {
  const { text, state, rule } = filters;
  if (rule !== '' && one.rule !== rule) return false;
  if (state !== '' && !columnsOf(filters).some((column) => stateAt(one, column) === state)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const searched =
    `${one.name} ${one.rule ?? ''} ${ruleTitle(one.rule ?? '')} ${one.group ?? ''}`.toLowerCase();
  return words.every((word) => searched.includes(word));
};

const inputs = () => ({
  text: byId<HTMLInputElement>('filter-text'),
  state: byId<HTMLSelectElement>('filter-state'),
  target: byId<HTMLSelectElement>('filter-target'),
  rule: byId<HTMLSelectElement>('filter-rule'),
});

const fill = (
  select: HTMLSelectElement,
  all: string,
  options: readonly [value: string, text: string][],
): void =>
  select.replaceChildren(
    h('option', { value: '' }, all),
    ...options.map(([value, text]) => h('option', { value }, text)),
  );

/**
 * Fills the form and keeps it, the URL and the page together.
 *
 * @param show called with the filters at once and at each change
 */
export const startFilters = (show: (filters: Filters) => void): void => {
  const { text, state, target, rule } = inputs();
  fill(state, 'every state', [
    ['failed', 'failed'],
    ['passed', 'passed'],
    ['not applicable', 'not applicable'],
    ['did not run', 'did not run'],
  ]);
  fill(
    target,
    'every target',
    report.columns.map(({ label }) => [label, label]),
  );
  fill(
    rule,
    'every rule',
    Object.keys(report.rules).map((code) => [code, ruleTitle(code)]),
  );
  const read = (): Filters => ({
    text: text.value,
    state: state.value,
    target: target.value,
    rule: rule.value,
  });
  const write = (filters: Filters): void => {
    for (const name of names)
      if (inputs()[name].value !== filters[name]) inputs()[name].value = filters[name];
  };
  const fromUrl = (): void => {
    write(filtersOf(location.hash));
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
