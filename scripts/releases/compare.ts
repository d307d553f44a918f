/** In what two guards disagree about one body. */
import { differences, parsePointer, toPointer, valueAt } from '../../src/contract/json.ts';
import type { BodyGuard, JsonSchema, ZodIssue } from '../../src/tenant/index.ts';
import { type Place, placeOf } from './places.ts';

/** What the release does where our document says that it does otherwise. */
export type Kind = 'refuses' | 'accepts' | 'drops' | 'keeps' | 'changes';

export interface Finding {
  kind: Kind;
  place: Place;
  /** Of an enum, a literal or a tag, when the disagreement is about that value. */
  value: string | undefined;
  /** What the one that refuses the body says. */
  says: string | undefined;
}

const choices = ['invalid_enum_value', 'invalid_union_discriminator', 'invalid_literal'];

const ofIssue = (issue: ZodIssue, kind: Kind, schema: JsonSchema, body: unknown): Finding[] => {
  const keys = issue.code === 'unrecognized_keys' ? (issue['keys'] as string[]) : [];
  const paths = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path];
  const chosen = choices.includes(issue.code) ? valueAt(body, toPointer(issue.path)) : undefined;
  const isTag = issue.code === 'invalid_union_discriminator';
  return paths.map((path) => ({
    kind,
    place: placeOf(schema, body, path, isTag),
    value: typeof chosen === 'string' ? chosen : undefined,
    says: issue.message,
  }));
};

/**
 * @param schema - says where in the document a place of the body is described
 * @returns whether the release accepts the body, and in what they disagree: nothing when both accept it and keep the
 * same of it, key order aside, or both refuse it
 */
export const compareGuards = (
  { document, release }: { document: BodyGuard; release: BodyGuard },
  schema: JsonSchema,
  text: string,
): { accepted: boolean; findings: Finding[] } => {
  const body: unknown = JSON.parse(text);
  const [ours, theirs] = [document(body), release(body)];
  if (!theirs.success)
    return {
      accepted: false,
      findings: ours.success ? theirs.issues.flatMap((issue) => ofIssue(issue, 'refuses', schema, body)) : [],
    };
  if (!ours.success)
    return {
      accepted: true,
      findings: ours.issues.flatMap((issue) => ofIssue(issue, 'accepts', schema, body)),
    };
  const findings = differences(ours.data, theirs.data).map(
    ({ pointer, expected, found }): Finding => ({
      kind: found === undefined ? 'drops' : expected === undefined ? 'keeps' : 'changes',
      place: placeOf(schema, body, parsePointer(pointer)),
      value: undefined,
      says: undefined,
    }),
  );
  return { accepted: true, findings };
};
