/**
 * Holds our request validators to the guards that Logto's server runs (`@logto/schemas`): the same verdict on
 * every body.
 */
import {
  accessTokenJwtCustomizerGuard,
  clientCredentialsJwtCustomizerGuard,
  jwtCustomizerTestRequestBodyGuard,
} from '@logto/schemas';
import fc from 'fast-check';
import document from '../../generated/openapi.json' with { type: 'json' };
import type { Validate, ValidationIssue } from '../../generated/validators/issue.d.ts';
import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
  validateClientCredentialsJwtCustomizer,
  validateClientCredentialsJwtCustomizerTestRequest,
} from '../../generated/validators/request.js';
import { schemasOf } from '../../src/contract/fuzz/release-schemas.ts';
import { isBefore } from '../../src/tenant/release.ts';
import { officialRelease } from '../conforming/guards.ts';
import { bodies } from './arbitraries.ts';

interface Guard {
  safeParse(body: unknown): { success: boolean };
}

/** A body that a person sends, by the schema of our document that says what may be in it. */
export interface Subject {
  schema: string;
  validate: Validate;
  guard: Guard;
  /** Whether a tenant stores it: only then can storage refuse what the guard accepts. */
  stored: boolean;
}

/** The guard looks at the body's own `tokenType` first; so does whoever has only our validators. */
const validateTestRequest: Validate = (body) =>
  (body as { tokenType?: unknown } | null)?.tokenType === 'client-credentials'
    ? validateClientCredentialsJwtCustomizerTestRequest(body)
    : validateAccessTokenJwtCustomizerTestRequest(body);

export const subjects: readonly Subject[] = [
  {
    schema: 'AccessTokenJwtCustomizer',
    validate: validateAccessTokenJwtCustomizer,
    guard: accessTokenJwtCustomizerGuard,
    stored: true,
  },
  {
    schema: 'ClientCredentialsJwtCustomizer',
    validate: validateClientCredentialsJwtCustomizer,
    guard: clientCredentialsJwtCustomizerGuard,
    stored: true,
  },
  {
    schema: 'AccessTokenJwtCustomizerTestRequest',
    validate: validateTestRequest,
    guard: jwtCustomizerTestRequestBodyGuard,
    stored: false,
  },
  {
    schema: 'ClientCredentialsJwtCustomizerTestRequest',
    validate: validateTestRequest,
    guard: jwtCustomizerTestRequestBodyGuard,
    stored: false,
  },
];

export const schemas = document.components.schemas as Record<string, { [keyword: string]: unknown }>;

const namesIn = (some: typeof schemas): string[] => [
  ...new Set(Object.values(some).flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** Every property name that our schemas know: the likeliest to stand in a wrong place. */
export const names = namesIn(schemas);

/** Our schemas and their names as of the release whose guards are installed. */
export const officialSchemas = schemasOf({
  name: officialRelease,
  has: (since) => !isBefore(officialRelease, since),
}) as typeof schemas;
export const officialNames = namesIn(officialSchemas);

/**
 * The one exception: what storage refuses though the guards accept it (recordings "refused: U+0000 in the
 * script", "refused: lone surrogate in the script"). Only `script` has a pattern.
 */
export const storageRefuses = ({ keyword, pointer }: ValidationIssue): boolean =>
  keyword === 'pattern' && pointer === '/script';

export interface Tally {
  bodies: number;
  valid: number;
  invalid: number;
  /** Bodies that differ by the named exception alone. */
  storage: number;
  /** How often each keyword of JSON Schema refused a body. */
  keywords: Record<string, number>;
}

/**
 * Compares the verdicts on `runs` bodies.
 *
 * @throws {Error} with the seed and the shrunk body, on which the verdicts differ.
 */
export const compare = (subject: Subject, options: { seed: number; runs: number }): Tally => {
  const tally: Tally = { bodies: 0, valid: 0, invalid: 0, storage: 0, keywords: {} };
  const root = { $ref: `#/components/schemas/${subject.schema}` };
  const arbitrary = bodies(root, officialSchemas, officialNames);
  fc.assert(
    fc.property(arbitrary, (text) => {
      const issues = subject.validate(JSON.parse(text));
      const refusals = issues.filter((issue) => !storageRefuses(issue));
      const accepted = subject.guard.safeParse(JSON.parse(text)).success;
      tally.bodies += 1;
      if (accepted) tally.valid += 1;
      else tally.invalid += 1;
      if (issues.length > 0 && refusals.length === 0) tally.storage += 1;
      for (const keyword of new Set(issues.map((issue) => issue.keyword)))
        tally.keywords[keyword] = (tally.keywords[keyword] ?? 0) + 1;
      if (accepted === (refusals.length === 0)) return;
      throw new Error(
        accepted
          ? `${subject.schema}: the guard accepts what we refuse: ${refusals.map(({ message }) => message).join('; ')}\n${text}`
          : `${subject.schema}: the guard refuses what we accept\n${text}`,
      );
    }),
    { seed: options.seed, numRuns: options.runs },
  );
  return tally;
};
