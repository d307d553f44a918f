/** One run of a script, as a release does it. */
import { fileURLToPath } from 'node:url';
import { newestRelease } from '../../generated/newest-release.js';
import { createRunner, type TestOutcome } from '../runner/index.ts';
import { buildSource, isTypeScript, readSource } from './build.ts';
import type { TokenType } from './known.ts';
import type { ClaimsCode } from './rules.ts';
import { carried, judge, placeOfStack } from './sample-run.ts';
import { fillSample, type Sample } from './samples.ts';
import { lineOf, type Place, ScriptError } from './script-error.ts';

export interface RunCustomizerOptions extends Omit<Sample, 'expect'> {
  tokenType: TokenType;
  /** Written as in `1.42`. @default the newest known */
  release?: string;
  /** Milliseconds after which the script is stopped. @default that of the release: 3000, or 5000 from 1.43 on */
  timeout?: number;
}

interface Run {
  /** What `POST /test` would respond with. */
  testResponse: TestOutcome;
  /** What the script wrote to `console`. */
  logs: string[];
  milliseconds: number;
}

/** The token is issued with these claims. */
export interface CustomizerRun extends Run {
  /** What the token carries of the script's result. */
  claims: Record<string, unknown>;
  /** What of the result a token does not carry as it is, or `POST /test` shows otherwise, and why. */
  lost?: string;
  failure?: undefined;
}

/** The token is denied, or has no claims of the script. */
export interface CustomizerFailure extends Partial<Run> {
  failure: {
    /** `denied`, or as `logto-jwt-customizer rules CODE` explains it. */
    code: ClaimsCode;
    /** That of the error or the denial. */
    message: string;
    file?: string;
    /** The line of the source. */
    source?: string;
  } & Partial<Place>;
  claims?: undefined;
}

const isFile = (given: string | URL): boolean => given instanceof URL || /^[^\n]*\.[cm]?[jt]s$/.test(given);

/**
 * Runs a script once, as a release of Logto does for a token. Its `fetch` makes requests. **No sandbox**: the script has
 * the rights of this process.
 *
 * @param script - a TypeScript or JavaScript file, or the script itself
 * @throws {Error} when a file cannot be read, or a peer dependency for it is not installed; never for what a script does
 * @example
 * ```js
 * import { runCustomizer } from 'logto-jwt-customizer/claims';
 *
 * const script = 'const getCustomJwtClaims = ({ context }) => ({ name: context.user.name });';
 * const { claims } = await runCustomizer(script, { tokenType: 'access-token' });
 * console.log(Object.keys(claims)); // [ 'name' ]
 * ```
 */
export const runCustomizer = async (
  script: string | URL,
  { tokenType, release = newestRelease, timeout, ...sample }: RunCustomizerOptions,
): Promise<CustomizerRun | CustomizerFailure> => {
  const file = isFile(script) ? (script instanceof URL ? fileURLToPath(script) : script) : undefined;
  let text = String(script);
  let code: string;
  const failed = (rule: ClaimsCode, message: string, place?: Place): CustomizerFailure => {
    const where = place && { ...place, source: lineOf(text, place) };
    return { failure: { code: rule, message, ...(file !== undefined && { file }), ...where } };
  };
  try {
    if (file !== undefined) text = await readSource(file);
    code = file === undefined ? text : await buildSource(text, isTypeScript(file));
  } catch (error) {
    if (error instanceof ScriptError) return failed(error.code as ClaimsCode, error.message, error.place);
    throw error;
  }
  const runner = createRunner({ release, ...(timeout !== undefined && { timeout }) });
  try {
    const begun = performance.now();
    const whole = fillSample(tokenType, sample, release, code);
    const outcome = await runner.run({ tokenType, script: code, ...whole });
    const { issue, test, trace } = outcome;
    const run = {
      testResponse: test,
      logs: trace?.logs ?? [],
      milliseconds: trace?.milliseconds ?? performance.now() - begun,
    };
    const found = judge(outcome, undefined);
    if (issue.status === 200 && issue.lost === undefined)
      return { ...run, claims: carried(issue.claims), ...(found && { lost: found.message }) };
    const message = issue.status === 400 ? issue.message : (found?.message ?? 'no token is issued');
    return { ...run, ...failed(found?.code ?? 'run-failed', message, placeOfStack(trace?.stack)) };
  } finally {
    runner.close();
  }
};
