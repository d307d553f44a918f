/** The model of a tenant: what it answers, without a socket. */
export { guardsOfDocument, type Validators } from './document-guards.ts';
export type { BodyGuard, BodyGuards, GuardResult } from './guards.ts';
export { isObject, pointerTo } from './json.ts';
export type { JsonSchema, JsonSchemas } from './json-schema.ts';
export { json, plainText, type TenantRequest, type TenantResponse } from './message.ts';
export type { Scripts } from './operations.ts';
export { guardsOfRelease } from './release-guards.ts';
export { maxBodySize } from './request-body.ts';
export { randomText } from './request-id.ts';
export { findRoute, type Operation } from './routes.ts';
export { type Rules, tenantRules } from './rules.ts';
export type { Customizer, Customizers } from './state.ts';
export { createTenant, type Tenant, type TenantOptions } from './tenant.ts';
export type { TenantClient } from './token-endpoint.ts';
export { type TokenType, tokenTypes } from './token-type.ts';
export type { TokenDetails, Tokens } from './tokens.ts';
export type { ZodIssue } from './zod-issue.ts';
