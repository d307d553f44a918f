/** In what two guards disagree about one body. */
import { differences, parsePointer, toPointer, valueAt } from '../../src/contract/json.ts';
import type { BodyGuard, JsonSchema, ZodIssue } from '../../src/tenant/index.ts';
import { type Place, placeOf } from './places.ts';

/** What the release does where our document says that it does otherwise. */
export type Kind = 'refuses' | 'accepts' | 'drops' | 'keeps' | 'changes';

export interface Finding {
  kind: Kind;
  /** Where in the body. */
  path: readonly (string | number)[];
  place: Place;
  /** Of a refused body: a field that is not known there, a union's tag, or one of some values. */
  about: 'unknown field' | 'tag' | 'value' | undefined;
  /** The value or tag that it is about. */
  value: string | undefined;
  /** What the one that refuses the body says. */
  says: string | undefined;
}

const abouts: Readonly<Record<string, Finding['about']>> = {
  unrecognized_keys: 'unknown field',
  invalid_union_discriminator: 'tag',
  invalid_enum_value: 'value',
  invalid_literal: 'value',
};

type Roots = readonly [JsonSchema, ...JsonSchema[]];

const ofIssue = (issue: ZodIssue, kind: Kind, roots: Roots, body: unknown): Finding[] => {
  const about = abouts[issue.code];
  const keys = about === 'unknown field' ? (issue['keys'] as string[]) : [];
  const paths = about === 'unknown field' ? keys.map((key) => [...issue.path, key]) : [issue.path];
  const chosen = about === 'tag' || about === 'value' ? valueAt(body, toPointer(issue.path)) : undefined;
  return paths.map((path) => ({
    kind,
    path,
    place: placeOf(roots, body, path, about === 'tag'),
    about,
    value: typeof chosen === 'string' ? chosen : undefined,
    says: issue.message,
  }));
};

/**
 * @param roots - the body's schema in the document, and what else describes it
 * @returns whether the release accepts the body, and in what they disagree: nothing when both accept it and keep the
 * same of it, key order aside, or both refuse it
 */
export const compareGuards = (
  { document, release }: { document: BodyGuard; release: BodyGuard },
  roots: Roots,
  text: string,
): { accepted: boolean; findings: Finding[] } => {
  const body: unknown = JSON.parse(text);
  const [ours, theirs] = [document(body), release(body)];
  if (!theirs.success)
    return {
      accepted: false,
      findings: ours.success ? theirs.issues.flatMap((issue) => ofIssue(issue, 'refuses', roots, body)) : [],
    };
  if (!ours.success)
    return {
      accepted: true,
      findings: ours.issues.flatMap((issue) => ofIssue(issue, 'accepts', roots, body)),
    };
  const findings = differences(ours.data, theirs.data).map(({ pointer, expected, found }): Finding => {
    const path = parsePointer(pointer);
    return {
      kind: found === undefined ? 'drops' : expected === undefined ? 'keeps' : 'changes',
      path,
      place: placeOf(roots, body, path),
      about: undefined,
      value: undefined,
      says: undefined,
    };
  });
  return { accepted: true, findings };
};
