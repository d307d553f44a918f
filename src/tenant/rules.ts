import { etagOf, isFresh } from './etag.ts';
import { readTokenType, refuseIssues, validate } from './guards.ts';
import { isTooLarge, parseBody } from './message.ts';
import { findRoute } from './routes.ts';
import { addedClaims, refuseIssue, respondToTest } from './script-outcome.ts';
import {
  deleteStatus,
  list,
  merge,
  missing,
  nothingToDelete,
  refuseStorage,
  remove,
  replace,
  store,
  toJsonb,
  writeStatus,
} from './state.ts';
import { grantedScopes, lifetime, refuseClient, refuseGrant } from './token-endpoint.ts';
import { refuseAuthorization } from './tokens.ts';

/**
 * Everything that a tenant decides, each in a function of its own, so that a tenant which is wrong in one of them is
 * one line: `createTenant({ …, rules: { merge: (_stored, sent) => sent } })`.
 */
export const tenantRules = {
  findRoute,
  refuseAuthorization,
  isTooLarge,
  parseBody,
  readTokenType,
  validate,
  refuseIssues,
  missing,
  nothingToDelete,
  merge,
  replace,
  refuseStorage,
  toJsonb,
  store,
  remove,
  list,
  writeStatus,
  deleteStatus,
  etagOf,
  isFresh,
  respondToTest,
  refuseClient,
  refuseGrant,
  grantedScopes,
  lifetime,
  refuseIssue,
  addedClaims,
};

export type Rules = typeof tenantRules;
