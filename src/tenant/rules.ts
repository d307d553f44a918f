import { refuseAuthorization } from './authorization.ts';
import { etagOf, isFresh } from './etag.ts';
import { judge, readTokenType, refuseIssues } from './guards.ts';
import { addedClaims, refuseIssue } from './issue-outcome.ts';
import { isTooLarge, parseBody } from './request-body.ts';
import { findRoute } from './routes.ts';
import { answerOutcome } from './script-outcome.ts';
import {
  deleteStatus,
  list,
  merge,
  missing,
  nothingToDelete,
  remove,
  replace,
  store,
  writeStatus,
} from './state.ts';
import { refuseStorage, toJsonb } from './storage.ts';
import { grantedScopes, lifetime, refuseClient, refuseGrant } from './token-endpoint.ts';

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
  judge,
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
  answerOutcome,
  refuseClient,
  refuseGrant,
  grantedScopes,
  lifetime,
  refuseIssue,
  addedClaims,
};

export type Rules = typeof tenantRules;
