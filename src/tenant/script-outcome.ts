import type { TestOutcome } from '../runner/index.ts';
import { json, type TenantResponse } from './message.ts';
import { isBefore } from './release.ts';

/** The first release whose denial holds an `error` (recorded on 1.28 and 1.42; the release is from Logto's sources). */
const nestedDenialSince = '1.36';

const denial = (message: string, release: string): object => {
  const code = 'AccessDenied';
  return isBefore(release, nestedDenialSince) ? { message, code } : { message, error: { code, message } };
};

const customizerError = (status: number, data: object): TenantResponse =>
  json(status, {
    code: 'jwt_customizer.general',
    data,
    message: 'An error occurred while customizing the token claims. Please try again later.',
  });

/** What `POST /test` answers (recordings "test: …"). */
export const answerOutcome = (outcome: TestOutcome, release: string): TenantResponse => {
  switch (outcome.status) {
    case 200:
      return json(200, outcome.claims);
    case 403:
      return customizerError(403, denial(outcome.message, release));
    case 422:
      return customizerError(422, { message: outcome.message });
    case 500:
      return outcome.message === undefined
        ? json(500, { message: 'Internal server error.' })
        : customizerError(500, { message: outcome.message });
  }
};
