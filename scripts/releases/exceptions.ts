/** The accepted differences between releases and our document, with their reasons. */
import exceptions from './exceptions.json' with { type: 'json' };
import type { Disagreement } from './search.ts';

export interface Exception {
  release: string;
  kind: string;
  pointers: readonly string[];
  value?: string;
  reason: string;
  evidence: string;
}

/** @returns the differences without an exception, and the exceptions, by pointer, without a difference */
export const withoutExceptions = (
  found: readonly Disagreement[],
  named: readonly Exception[] = exceptions,
): { faults: Disagreement[]; stale: string[] } => {
  const lines = named.flatMap((exception) =>
    exception.pointers.map((pointer) => ({ ...exception, pointer })),
  );
  const isNamed = (line: (typeof lines)[number], { release, kind, place, value }: Disagreement): boolean =>
    line.release === release && line.kind === kind && line.pointer === place.pointer && line.value === value;
  return {
    faults: found.filter((disagreement) => !lines.some((line) => isNamed(line, disagreement))),
    stale: lines
      .filter((line) => !found.some((disagreement) => isNamed(line, disagreement)))
      .map(({ release, kind, pointer, value }) =>
        [release, kind, pointer, value === undefined ? '' : JSON.stringify(value)].join(' ').trim(),
      ),
  };
};
