/** What releases make of each field and value of the document. */
import { type Subject, schemas } from '../../contracts/guards/subjects.ts';
import { toPointer, valueAt } from '../../src/contract/json.ts';
import type { BodyGuard, JsonSchema } from '../../src/tenant/index.ts';
import { type Probe, probesOf } from './probes.ts';

export type Verdict = 'accepted' | 'dropped' | 'refused';

/** A field of a body, or one of the values that it may have. */
export interface Entry {
  pointer: string;
  value?: string;
  isList: boolean;
  /** More than one where several variants of a union have it. */
  probes: readonly Probe[];
}

/** What the document describes of a body, in its order. */
export const entriesOf = ({ schema }: Subject): Entry[] => {
  const probes = probesOf({ $ref: `#/components/schemas/${schema}` }, schemas as Record<string, JsonSchema>);
  const entries = new Map<string, Entry>();
  for (const probe of probes) {
    const { pointer, value, isList } = probe;
    const name = JSON.stringify([pointer, value]);
    const others = entries.get(name)?.probes ?? [];
    entries.set(name, { pointer, ...(value !== undefined && { value }), isList, probes: [...others, probe] });
  }
  return [...entries.values()];
};

const order: readonly Verdict[] = ['accepted', 'dropped', 'refused'];

/** What a guard makes of a field: the best of the variants that have it. */
export const verdictOf = (guard: BodyGuard, { probes }: Entry): Verdict => {
  const verdicts = probes.map(({ body, path }): Verdict => {
    const result = guard(structuredClone(body));
    if (!result.success) return 'refused';
    return valueAt(result.data, toPointer(path)) === undefined ? 'dropped' : 'accepted';
  });
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'refused';
};

/** A verdict that no release changed, or the releases from which on there is another. */
export type Verdicts = Verdict | Readonly<Record<string, Verdict>>;

export const toVerdicts = (
  byRelease: readonly (readonly [release: string, verdict: Verdict])[],
): Verdicts => {
  const changes = byRelease.filter(([, verdict], index) => byRelease[index - 1]?.[1] !== verdict);
  const [first, ...others] = changes;
  return first !== undefined && others.length === 0 ? first[1] : Object.fromEntries(changes);
};
