import type { IssueOutcome } from '../runner/index.ts';
import { json, type TenantResponse } from './message.ts';
import { isBefore } from './release.ts';

/** Claims that keep the tenant's own value whatever a script returns (contracts/recordings/scripts-*.jsonl). */
const kept = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'];

/** What a script adds to a token: the tenant's own claims stay, silently. */
export const addedClaims = (claims: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !kept.includes(name)));

/**
 * The first release that writes each run to its audit log, and fails there on what JSON cannot hold: 500 in other words
 * (recorded on 1.28 and 1.42; the release is that of the audit log).
 */
const loggedSince = '1.36';

/** What the token endpoint answers when a script keeps the token from being issued; nothing when it is issued. */
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
