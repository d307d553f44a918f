/** The context that a tenant passes to a script, and how it responds to the outcome. */
import type { IssueOutcome, TestOutcome } from '../runner/index.ts';
import { isBefore } from '../runner/release.ts';
import { json, type TenantResponse } from './message.ts';

/** The first releases that pass the application, and its access control, to a client-credentials script. */
const [applicationSince, accessControlSince] = ['1.37', '1.40'];

/**
 * The context of a client-credentials script: a machine-to-machine application with its initial settings
 * (contracts/recordings/arguments.jsonl).
 */
export const applicationContext = (id: string, release: string, createdAt: number): object | undefined =>
  isBefore(release, applicationSince)
    ? undefined
    : {
        application: {
          tenantId: 'default',
          id,
          name: id,
          description: null,
          type: 'MachineToMachine',
          oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
          customClientMetadata: {},
          protectedAppMetadata: null,
          customData: {},
          isThirdParty: false,
          ...(!isBefore(release, accessControlSince) && { appLevelAccessControlEnabled: false }),
          createdAt,
        },
      };

/** The first release whose denial has an `error` (recorded on 1.28 and 1.42; the release is from Logto's sources). */
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

/** The response of `POST /test` (recordings "test: …"). */
export const respondToTest = (outcome: TestOutcome, release: string): TenantResponse => {
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

/** Claims that a script cannot override (contracts/recordings/scripts-*.jsonl). */
const kept = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'];

/** The claims that a script adds to a token. Those that it cannot override are silently ignored. */
export const addedClaims = (claims: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !kept.includes(name)));

/**
 * The first release that writes each run to its audit log, where values that JSON cannot represent fail: a 500 with
 * another message (recorded on 1.28 and 1.42; the release is that of the audit log).
 */
const loggedSince = '1.36';

/** The response of the token endpoint when a script prevents the token; `undefined` when the token is issued. */
export const refuseIssue = (outcome: IssueOutcome, release: string): TenantResponse | undefined => {
  switch (outcome.status) {
    case 200:
      return undefined;
    case 400:
      return json(400, {
        code: 'oidc.access_denied',
        message: 'Access denied.',
        error: 'access_denied',
        ...(outcome.message !== '' && { error_description: outcome.message }),
      });
    case 422:
      return json(422, {
        code: 'entity.invalid_input',
        message: 'Invalid input. Value list must not be empty.',
      });
    case 500:
      if ('message' in outcome) return json(500, { message: outcome.message });
      return json(
        500,
        isBefore(release, loggedSince)
          ? {
              code: 'oidc.server_error',
              message: 'An unknown OIDC error occurred. Please try again later.',
              error: 'server_error',
              error_description: 'oops! something went wrong',
            }
          : { message: 'Internal server error.' },
      );
  }
};
