import { accessTokenJwtCustomizerGuard, clientCredentialsJwtCustomizerGuard } from '@logto/schemas';
import * as closed from '../generated/validators/closed.js';
import type { Validate } from '../generated/validators/issue.d.ts';
import * as request from '../generated/validators/request.js';
import * as response from '../generated/validators/response.js';
import { type Benchmark, compare, interleave, median, type Row, samplesOf, turnOf } from './measure.ts';
import { fullAccessToken, fullClientCredentials } from './project.ts';

type Guard = { safeParse(body: unknown): { success: boolean } };

interface Subject {
  which: string;
  body: unknown;
  isValid: boolean;
  guard: Guard;
  /** The first is the one that the target is for: it says what the guard says. */
  validators: Record<string, Validate>;
}

type Customizer = { environmentVariables?: unknown; contextSample?: object };

/** One fault, and three at different depths: a validator that stops at the first one would have no advantage. */
const wrong = <T extends Customizer>(full: T) => {
  const one = { ...full, contextSample: { ...full.contextSample, application: { id: 5 } } };
  return { 'one fault': one, 'three faults': { ...one, environmentVariables: { PLAN: 5 }, unknown: true } };
};

const subjects: readonly Subject[] = (
  [
    [
      'access-token',
      fullAccessToken,
      accessTokenJwtCustomizerGuard,
      {
        'request validator': request.validateAccessTokenJwtCustomizer,
        'closed validator': closed.validateAccessTokenJwtCustomizer,
      },
      response.validateAccessTokenJwtCustomizer,
    ],
    [
      'client-credentials',
      fullClientCredentials,
      clientCredentialsJwtCustomizerGuard,
      {
        'request validator': request.validateClientCredentialsJwtCustomizer,
        'closed validator': closed.validateClientCredentialsJwtCustomizer,
      },
      response.validateClientCredentialsJwtCustomizer,
    ],
  ] as const
).flatMap(([tokenType, full, guard, validators, ofResponse]): Subject[] => [
  {
    which: `${tokenType}, valid`,
    body: full,
    isValid: true,
    guard,
    validators: { ...validators, 'response validator': ofResponse },
  },
  // The response validators are open to newer fields: they find less.
  ...Object.entries(wrong(full)).map(([faults, body]) => ({
    which: `${tokenType}, ${faults}`,
    body,
    isValid: false,
    guard,
    validators,
  })),
]);

const assertAgreed = ({ which, body, isValid, guard, validators }: Subject): void => {
  if (guard.safeParse(body).success !== isValid) throw new Error(`${which}: the guard says otherwise`);
  for (const [name, validate] of Object.entries(validators))
    if ((validate(body).length === 0) !== isValid) throw new Error(`${which}: the ${name} says otherwise`);
};

const guardName = "Logto's zod guard";

export const validators: Benchmark = {
  name: 'validators',
  title: 'A validator call, full body',
  run: async (isQuick) => {
    const calls = isQuick ? 20 : 200;
    const options = isQuick ? { rounds: 3, warmUp: 1 } : { rounds: 200, warmUp: 30 };
    const rows: Row[] = [];
    const notes = [
      `@logto/schemas 1.43, \`safeParse\`. How many times faster; ${options.rounds} rounds of ${calls} calls each. Guard and validators name every fault; ours say where, what was expected and what was found, which takes most of the time of an invalid body.`,
    ];
    for (const subject of subjects) {
      assertAgreed(subject);
      const { which, body, isValid, guard, validators } = subject;
      const samples = await interleave(
        {
          [guardName]: turnOf(calls, () => guard.safeParse(body)),
          ...Object.fromEntries(
            Object.entries(validators).map(([name, validate]) => [name, turnOf(calls, () => validate(body))]),
          ),
        },
        options,
      );
      const least = isValid ? 10 : 5;
      for (const [index, name] of Object.keys(validators).entries()) {
        const { ratio, figure, spread } = compare(samples, guardName, name);
        const row: Row = {
          what: `${name}, ${which}`,
          against: guardName,
          figure: `${figure} faster`,
          spread,
        };
        rows.push(index === 0 ? { ...row, target: `${least} × faster`, isReached: ratio >= least } : row);
      }
      const microseconds = Object.entries(samples).map(
        ([name]) => `${name} ${((median(samplesOf(samples, name)) / calls) * 1000).toFixed(1)} µs`,
      );
      notes.push(`${which}: ${microseconds.join(', ')}.`);
    }
    return { rows, notes };
  },
};
