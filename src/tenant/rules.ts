import * as etag from './etag.ts';
import * as guards from './guards.ts';
import { isTooLarge, parseBody } from './message.ts';
import * as routes from './routes.ts';
import * as scriptOutcome from './script-outcome.ts';
import * as state from './state.ts';
import * as tokenEndpoint from './token-endpoint.ts';
import { refuseAuthorization } from './tokens.ts';

/**
 * Everything that a tenant decides, each in a function of its own, so that a tenant which is wrong in one of them is
 * one line: `createTenant({ …, rules: { merge: (_stored, sent) => sent } })`.
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
