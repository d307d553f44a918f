/** What proves an entry: bodies that people sent, else ones made for it and held to Logto's guard, else answers. */
import { brief, differences, type Json, valueAt } from '../../src/contract/json.ts';
import type { RecordedResponse, Sent } from './corpus.ts';
import type { Entry } from './entries.ts';
import { embed, idOf, pointerOf, type Route, replacedAt, type Visit } from './schema.ts';
import type { GuardedBody, Mutant, Validators } from './validators.ts';

type Accepts = ReturnType<Validators['mutated']>;

/** Empty texts where nothing was found. */
export interface Proof {
  valid: string;
  invalid: string;
  /** What is accepted without the keyword. */
  loosened: string;
  /** What is refused with less allowed. */
  narrowed: string;
  problems: string[];
}

/** The verdicts with what the entry says lost, made once for entries that lose it alike. */
export const createLosses = (validators: Validators) => {
  const made = new Map<string, Accepts>();
  const of = (mutant: Mutant): Accepts => {
    const key = JSON.stringify(mutant);
    const accepts = made.get(key) ?? validators.mutated(mutant);
    made.set(key, accepts);
    return accepts;
  };
  return ({ place, loosened, narrowed }: Entry): { loosened: Accepts; narrowed: Accepts | undefined } => ({
    loosened: of({ place, schema: loosened }),
    narrowed: narrowed && of({ place, schema: narrowed }),
  });
};

export type Losses = ReturnType<ReturnType<typeof createLosses>>;

const shorten = (value: unknown): string =>
  typeof value === 'string' && value.length > 40
    ? `${JSON.stringify(value.slice(0, 8)).slice(0, -1)}…" (${value.length})`
    : brief(value, 160);

const said = (pointer: string, value: unknown): string =>
  `\`${pointer && `${pointer} = `}${shorten(value)}\``;

/** In what a body differs at a pointer from the one that it was made of. */
const describe = (before: Json, after: Json, pointer: string): string => {
  const [difference, ...more] = differences(before, after);
  if (difference === undefined || more.length > 0) return said(pointer, valueAt(after, pointer));
  const { found } = difference;
  return found === undefined ? `without \`${difference.pointer}\`` : said(difference.pointer, found);
};

/** The values that are wrong at the place, and those that another branch of a union around it takes. */
const spoiltAt = (entry: Entry, route: Route, { fits }: Validators): { wrong: Json[]; fine: Json[] } => {
  const values = entry.spoilt(entry.sample);
  const last = route.findLastIndex(({ step }) => step.via !== 'reference');
  const step = route[last];
  if (step?.step.via !== 'branch') return { wrong: values, fine: [] };
  return {
    wrong: values.filter((value) => !fits(step.from, value)),
    fine: values.filter((value) => fits(step.from, value)),
  };
};

/** What cases, recordings and examples show of it. */
export const proveBySent = (entry: Entry, losses: Losses, sent: readonly Sent[]): Proof => {
  const id = idOf(entry.place);
  const about = sent.filter(({ visits }) => visits.some(({ place }) => idOf(place) === id));
  const showing = about.filter(
    ({ isAccepted, visits }) =>
      isAccepted && visits.some(({ place, value }) => idOf(place) === id && entry.shows(value)),
  );
  const isCase = ({ name }: Sent): boolean => name.startsWith('case: ');
  const refused = about.find(
    (one) => isCase(one) && !one.isAccepted && losses.loosened(one.schema, one.body),
  );
  const narrowed = showing.find((one) => isCase(one) && losses.narrowed?.(one.schema, one.body) === false);
  return {
    valid: showing[0]?.name ?? '',
    invalid: refused?.name ?? '',
    loosened: refused?.name ?? '',
    narrowed: narrowed?.name ?? '',
    problems: [],
  };
};

/** What the smallest bodies that reach the place show of it, with Logto's guard as the judge. */
export const proveByGuard = (
  entry: Entry,
  losses: Losses,
  { subject, route }: { subject: GuardedBody; route: Route },
  validators: Validators,
): Proof => {
  const { schema } = subject;
  const { accepts } = validators;
  const pointer = pointerOf(route);
  const valid = embed(route, entry.sample);
  const problems: string[] = [];
  const judge = (body: Json, expected: boolean): void => {
    const verdict = expected ? 'refuses' : 'accepts';
    const what = describe(valid, body, pointer);
    const isByStorage = !expected && subject.isRefusedByStorage(body);
    if (subject.isAccepted(body) !== expected && !isByStorage) problems.push(`the guard ${verdict} ${what}`);
    if (accepts(schema, body) !== expected || (subject.isValid(body) ?? expected) !== expected)
      problems.push(`our validator ${verdict} ${what}`);
  };
  judge(valid, true);
  const { wrong, fine } = spoiltAt(entry, route, validators);
  for (const value of fine) judge(embed(route, value), true);
  const spoilt = wrong.map((value) => embed(route, value));
  for (const body of spoilt) {
    judge(body, false);
    if (!losses.loosened(schema, body))
      problems.push(`without the keyword ${describe(valid, body, pointer)} is refused all the same`);
  }
  const first = spoilt[0] === undefined ? '' : describe(valid, spoilt[0], pointer);
  const isNarrower = losses.narrowed?.(schema, valid) === false;
  return {
    valid: `differential: ${said(pointer, entry.sample)}`,
    invalid: first && `${schema}: ${first}`,
    // What storage alone refuses no guard bears out.
    loosened: spoilt.some(subject.isRefusedByStorage) ? '' : first && `differential: ${first}`,
    narrowed: isNarrower ? `differential: ${said(pointer, entry.sample)}` : '',
    problems,
  };
};

const proveByOneResponse = (
  entry: Entry,
  losses: Losses,
  { name, body, variants, isDocumented }: RecordedResponse,
  { pointer, value }: Visit,
): Proof => {
  const problems: string[] = [];
  const accepts = (loss: Accepts, candidate: Json): boolean =>
    variants.some((variant) => loss(variant, candidate));
  const edge = entry.isBound ? replacedAt(body, pointer, entry.sample) : body;
  if (!isDocumented(edge)) problems.push(`the suite refuses ${describe(body, edge, pointer)}`);
  const spoilt = entry.spoilt(value).map((wrong) => replacedAt(body, pointer, wrong));
  for (const candidate of spoilt) {
    if (isDocumented(candidate)) problems.push(`the suite accepts ${describe(body, candidate, pointer)}`);
    if (!accepts(losses.loosened, candidate))
      problems.push(`without the keyword ${describe(body, candidate, pointer)} is refused all the same`);
  }
  const first = spoilt[0] === undefined ? '' : describe(body, spoilt[0], pointer);
  const isNarrower = losses.narrowed !== undefined && !accepts(losses.narrowed, edge);
  return {
    valid: `case: ${name}`,
    invalid: first && `its answer, ${first}`,
    loosened: first && `case: ${name}, its answer spoilt: ${first}`,
    narrowed: isNarrower ? `case: ${name}` : '',
    problems,
  };
};

/** What recorded answers show of it, with the suite as the judge: the first answer that does without a doubt. */
export const proveByResponse = (
  entry: Entry,
  losses: Losses,
  responses: readonly RecordedResponse[],
): Proof | undefined => {
  let doubtful: Proof | undefined;
  for (const response of responses) {
    const visit = response.visits.find(
      ({ place, value }) => idOf(place) === idOf(entry.place) && entry.shows(value),
    );
    if (visit === undefined) continue;
    const proof = proveByOneResponse(entry, losses, response, visit);
    if (proof.problems.length === 0) return proof;
    doubtful ??= proof;
  }
  return doubtful;
};
