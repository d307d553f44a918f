import type { Cell, Joined, JoinedCase } from '../types.ts';

export const report = JSON.parse(document.getElementById('data')?.textContent ?? '') as Joined;

export type State = Cell['state'];

/** A mark, and its word for those who hear it. Never the colour alone. */
export const marks: Record<State, string> = { passed: '✓', failed: '✗', 'not applicable': '–' };

/** The class of a state. */
export const classOf = (state: State): string => (state === 'not applicable' ? 'na' : state);

export const ruleTitle = (code: string): string => report.rules[code]?.title ?? code;

/** The cases by their rule's code, in their order; those without one under ''. */
export const byRule = (cases: readonly JoinedCase[]): Map<string, JoinedCase[]> => {
  const groups = new Map<string, JoinedCase[]>();
  for (const one of cases) {
    const code = one.rule ?? '';
    groups.set(code, [...(groups.get(code) ?? []), one]);
  }
  return groups;
};

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

export const when = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
