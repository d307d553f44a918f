import { accessTokenJwtCustomizerGuard, clientCredentialsJwtCustomizerGuard } from '@logto/schemas';
import * as request from '../generated/validators/request.js';
import { type Benchmark, compare, interleave, median, type Row, samplesOf, turnOf } from './measure.ts';
import { fullAccessToken, fullClientCredentials } from './project.ts';

type Customizer = { environmentVariables?: unknown; contextSample?: object };

/** Three faults at different depths, so that a validator that stops at the first one has no advantage. */
const bodiesOf = (full: Customizer): [which: string, body: unknown, isValid: boolean][] => {
  const one = { ...full, contextSample: { ...full.contextSample, application: { id: 5 } } };
  return [
    ['valid', full, true],
    ['one fault', one, false],
    ['three faults', { ...one, environmentVariables: { PLAN: 5 }, unknown: true }, false],
  ];
};

const subjects = [
  {
    tokenType: 'access-token',
    bodies: bodiesOf(fullAccessToken),
    guard: accessTokenJwtCustomizerGuard,
    validate: request.validateAccessTokenJwtCustomizer,
  },
  {
    tokenType: 'client-credentials',
    bodies: bodiesOf(fullClientCredentials),
    guard: clientCredentialsJwtCustomizerGuard,
    validate: request.validateClientCredentialsJwtCustomizer,
  },
];

const guardName = "Logto's zod guard";

export const validators: Benchmark = {
  name: 'validators',
  title: 'A validator call, full body',
  run: async (isQuick) => {
    const calls = isQuick ? 20 : 200;
    const options = isQuick ? { rounds: 3, warmUp: 1 } : { rounds: 200, warmUp: 30 };
    const rows: Row[] = [];
    const notes = [
      `@logto/schemas 1.43, \`safeParse\`. The figures show how many times faster ours are; ${options.rounds} rounds of ${calls} calls each. Guards and validators report every fault. Ours also report the place, the expected and the actual value, which takes most of the time for an invalid body.`,
    ];
    for (const { tokenType, bodies, guard, validate } of subjects)
      for (const [which, body, isValid] of bodies) {
        const what = `request validator, ${tokenType}, ${which}`;
        if (guard.safeParse(body).success !== isValid || (validate(body).length === 0) !== isValid)
          throw new Error(`${what}: unexpected result of the validation`);
        const turns = {
          [guardName]: turnOf(calls, () => guard.safeParse(body)),
          [what]: turnOf(calls, () => validate(body)),
        };
        const samples = await interleave(turns, options);
        const { ratio, figure, spread } = compare(samples, guardName, what);
        const least = isValid ? 10 : 5;
        rows.push({
          what,
          against: guardName,
          figure: `${figure} faster`,
          spread,
          target: `${least} × faster`,
          isReached: ratio >= least,
        });
        const microseconds = Object.keys(samples).map(
          (name) => `${name} ${((median(samplesOf(samples, name)) / calls) * 1000).toFixed(1)} µs`,
        );
        notes.push(`${microseconds.join(', ')}.`);
      }
    return { rows, notes };
  },
};
