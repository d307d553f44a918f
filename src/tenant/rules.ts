import * as etag from './etag.ts';
import * as guards from './guards.ts';
import { isTooLarge, parseBody } from './message.ts';
import * as routes from './routes.ts';
import * as scriptOutcome from './script-outcome.ts';
import * as state from './state.ts';
import * as tokenEndpoint from './token-endpoint.ts';
import { refuseAuthorization } from './tokens.ts';

/**
 * Every rule of a tenant as a separate function, so that a tenant that gets one rule wrong takes one line:
 * `createTenant({ …, rules: { merge: (_stored, sent) => sent } })`.
 */
export const tenantRules = {
  ...routes,
  refuseAuthorization,
  isTooLarge,
  parseBody,
  ...guards,
  ...state,
  ...etag,
  ...scriptOutcome,
  ...tokenEndpoint,
};

export type Rules = typeof tenantRules;
