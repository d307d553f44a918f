/** The model of a tenant: what it answers, without a socket. */
export type { ScopesOf } from './authorization.ts';
export { type FindIssues, guardsOfDocument, type Validators } from './document-guards.ts';
export type { BodyGuard, BodyGuards, GuardResult } from './guards.ts';
export { type InvalidInputError, invalidBodyError, unknownTokenTypeError } from './invalid-input.ts';
export type { JsonSchema, JsonSchemas } from './json-schema.ts';
export { json, plainText, type TenantRequest, type TenantResponse } from './message.ts';
export type { RunScript, TestRequest } from './operations.ts';
export { isBefore } from './release.ts';
export { findRoute, type Operation, type Route } from './routes.ts';
export { type Rules, tenantRules } from './rules.ts';
export type { ScriptOutcome } from './script-outcome.ts';
export type { Customizer, Customizers } from './state.ts';
export { createTenant, type Tenant, type TenantOptions } from './tenant.ts';
export type { TenantClient } from './token-endpoint.ts';
export { type TokenType, tokenTypes } from './token-type.ts';
export { createOpaqueTokens, type Tokens } from './tokens.ts';
export type { ZodIssue } from './zod-issue.ts';
export type { Guard, GuardIssue } from './zod-issues.ts';
