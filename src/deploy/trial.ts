/** Runs a script with its samples before it is stored: here as the release does, then on the tenant. */
import { isDeepStrictEqual } from 'node:util';
import { checkAlone } from '../claims/check.ts';
import {
  type CustomizerFailure,
  type CustomizerRun,
  type Finding,
  runCustomizer,
  type Sample,
} from '../claims/index.ts';
import { readScript } from '../claims/read.ts';
import { fillSample } from '../claims/samples.ts';
import {
  isLogtoJwtCustomizerError,
  type JwtCustomizerClient,
  type JwtCustomizerTestRequest,
  RequestRefusedError,
} from '../client/index.ts';
import { RefusedPushError } from './errors.ts';
import type { Wanted } from './types.ts';

/** A script as it is stored, with what it is run with. */
export interface Candidate extends Wanted {
  /** The script with the comment of the push. */
  script: string;
  release: string;
}

/** What came of a sample: the claims, or the message of the denial. */
export type Outcome = { claims: Record<string, unknown> } | { denied: string };

/** The local runs, by the name of the sample. */
export type Runs = Record<string, CustomizerRun | CustomizerFailure>;

/** By the name of the sample. */
export type Outcomes = Record<string, Outcome>;

/** The name of the sample of the application that deploys, which its own tokens are issued by. */
export const ownSample = 'the application that deploys';

/**
 * The samples of a client-credentials script, with one of the application that deploys: the script also runs for its
 * token, so it can lock out the tool that would repair it.
 */
export const withOwnSample = (
  wanted: Wanted,
  clientId: string,
  resource: string,
  release: string,
): Wanted => {
  const { tokenType, customizer, samples } = wanted;
  if (tokenType !== 'client-credentials' || customizer === null) return wanted;
  const own = {
    token: { clientId, aud: resource, scope: 'all' },
    context: { application: { id: clientId } },
    ...(customizer.environmentVariables && { environmentVariables: customizer.environmentVariables }),
  };
  const isOwn = ({ token }: Sample): boolean => Object(token).clientId === clientId;
  if (Object.values(samples).some(isOwn)) return wanted;
  return {
    ...wanted,
    samples: { ...samples, [ownSample]: fillSample(tokenType, own, release, customizer.script) },
  };
};

const outcomeOf = (run: CustomizerRun | CustomizerFailure): Outcome | undefined =>
  run.failure === undefined
    ? { claims: run.claims }
    : run.failure.code === 'denied'
      ? { denied: run.failure.message }
      : undefined;

const check = async ({ tokenType, script, release, samples, source }: Candidate): Promise<Finding[]> => {
  const found = await checkAlone(script, { tokenType, release, samples }, source?.text);
  return found.map((finding) => ({ ...finding, file: source?.file ?? tokenType }));
};

const differs = (outcome: Outcome, expected: Sample['expect']): boolean =>
  (expected?.claims !== undefined &&
    !('claims' in outcome && isDeepStrictEqual(outcome.claims, expected.claims))) ||
  (expected?.denied !== undefined && !('denied' in outcome && outcome.denied === expected.denied));

/**
 * Checks a script and runs it with each sample, as the release does.
 *
 * @returns what came of each sample, and what is suspicious, one line each
 * @throws {RefusedPushError} if the script would fail, or a sample shows something else than it expects
 */
export const tryLocally = async (
  candidate: Candidate,
  clientId: string,
): Promise<{ outcomes: Outcomes; runs: Runs; warnings: string[] }> => {
  const { tokenType, script, release, samples, source } = candidate;
  const findings = await check(candidate);
  const where = source?.file ?? `The ${tokenType} script of the plan`;
  if (findings.some(({ severity }) => severity === 'error'))
    throw new RefusedPushError(`${where} does not pass check for Logto ${release}.`, findings);
  const outcomes: Outcomes = {};
  const runs: Runs = {};
  for (const [name, { expect, ...values }] of Object.entries(samples)) {
    const run = await runCustomizer(script, { tokenType, release, ...values });
    const outcome = outcomeOf(run);
    if (outcome === undefined) {
      const { code, message, line } = (run as CustomizerFailure).failure;
      const at = line === undefined ? '' : ` at line ${line}`;
      throw new RefusedPushError(`${where} fails with ${name}${at}: ${message} (${code}).`);
    }
    if (
      'denied' in outcome &&
      Object(values.token).clientId === clientId &&
      tokenType === 'client-credentials'
    )
      throw new RefusedPushError(
        `${where} denies its token to the application that deploys it (${clientId}): "${outcome.denied}". After this push, no tool could get a token to repair it. Let the script return early for this application.`,
      );
    if (differs(outcome, expect))
      throw new RefusedPushError(`${where} does something else with ${name} than the sample expects.`);
    outcomes[name] = outcome;
    runs[name] = run;
  }
  refuseDenials(where, outcomes, samples);
  const warnings = [
    ...findings.map(({ code, message, line }) => `${code} (line ${line}): ${message}`),
    ...(await undeclaredIn(candidate)),
    ...Object.entries(runs).flatMap(([name, { milliseconds = 0 }]) =>
      milliseconds < slow
        ? []
        : [`with ${name}, the script takes ${milliseconds.toFixed(0)} ms, for each token`],
    ),
  ];
  return { outcomes, runs, warnings };
};

/** Milliseconds. */
const slow = 500;

/** @throws {RefusedPushError} if every sample is denied, and none expects it */
const refuseDenials = (
  where: string,
  outcomes: Outcomes,
  samples: Readonly<Record<string, Sample>>,
): void => {
  const isDenied = Object.values(outcomes).every((outcome) => 'denied' in outcome);
  const isExpected = Object.values(samples).some(({ expect }) => expect?.denied !== undefined);
  if (isDenied && !isExpected)
    throw new RefusedPushError(
      `${where} denies the token with every sample. Add a sample that it does not deny, or set \`expect.denied\` in one.`,
    );
};

/** The variables that a script reads and no token is issued with. */
const undeclaredIn = async ({ script, tokenType, release, customizer }: Candidate): Promise<string[]> => {
  const { variables } = await readScript(script, tokenType, release, () => {});
  return variables
    .filter((name) => !Object.hasOwn(customizer?.environmentVariables ?? {}, name))
    .map((name) => `the script reads environmentVariables.${name}, which the config does not declare`);
};

/** `POST /test` refuses these fields of real tokens (contracts/recordings, "test: token.extra"). */
const forTest = ({ extra: _, claims: __, ...token }: Record<string, unknown>): object => token;

/** A script that fails or denies, or a 500 for claims that the response cannot hold. */
const isAboutScript = ({ status, code }: RequestRefusedError): boolean =>
  status === 500 || code === 'jwt_customizer.general';

/** A sample that no tenant would take, or this one does not. */
const isAboutSample = (error: unknown): boolean =>
  (isLogtoJwtCustomizerError(error) && error.name === 'InvalidRequestError') ||
  (error instanceof RequestRefusedError && error.status === 400);

/** What `POST /test` shows of a sample. */
const testOnTenant = async (
  client: JwtCustomizerClient,
  { tokenType, script }: Candidate,
  { token = {}, context = {}, environmentVariables }: Sample,
  signal: AbortSignal | undefined,
): Promise<Outcome | { status: number; message: string }> => {
  const request = { tokenType, script, token: forTest({ ...token }), context, environmentVariables };
  try {
    return { claims: await client.test(request as JwtCustomizerTestRequest, { signal }) };
  } catch (error) {
    if (!(error instanceof RequestRefusedError) || !isAboutScript(error)) throw error;
    return error.status === 403
      ? { denied: error.message }
      : { status: error.status, message: error.message };
  }
};

const namesOf = (claims: Record<string, unknown>): string =>
  Object.keys(claims).sort().join(', ') || 'no claims';

/**
 * Runs the script on the tenant with each sample, by `POST /test`, which stores nothing.
 *
 * @param runs What {@link tryLocally} returned.
 * @returns for each sample whose claims have other values there, which: `fetch`, time and chance differ
 * @throws {RefusedPushError} if the tenant refuses the sample, denies, or returns claims of other names
 * @throws {LogtoJwtCustomizerError}
 */
export const tryOnTenant = async (
  client: JwtCustomizerClient,
  candidate: Candidate,
  runs: Runs,
  signal?: AbortSignal,
): Promise<string[]> => {
  const warnings: string[] = [];
  for (const [name, sample] of Object.entries(candidate.samples)) {
    const here = runs[name]?.testResponse;
    const what = `The ${candidate.tokenType} script with ${name}`;
    const there = await testOnTenant(client, candidate, sample, signal).catch((error: Error) => {
      throw isAboutSample(error)
        ? new RefusedPushError(`${what} cannot be run on the tenant: ${error.message}`)
        : error;
    });
    if ('status' in there)
      throw new RefusedPushError(`${what} fails on the tenant, though not here: ${there.message}`);
    const expected = here?.status === 200 ? namesOf(here.claims) : 'a denial';
    const found = 'denied' in there ? 'a denial' : namesOf(there.claims);
    if (expected !== found)
      throw new RefusedPushError(`${what} leads to ${found} on the tenant, and to ${expected} here.`);
    if (here?.status !== 200 || 'denied' in there) continue;
    const others = Object.keys(here.claims).filter(
      (claim) => !isDeepStrictEqual(here.claims[claim], there.claims[claim]),
    );
    if (others.length > 0)
      warnings.push(`With ${name}, the tenant returns other values of ${others.join(', ')} than here.`);
  }
  return warnings;
};
