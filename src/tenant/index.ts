/** The model of a tenant: what it answers, without a socket. */
export { guardsOfDocument, type Validators } from './document-guards.ts';
export type { BodyGuard, BodyGuards, GuardResult } from './guards.ts';
export type { JsonSchema, JsonSchemas } from './json-schema.ts';
export { json, maxBodySize, plainText, type TenantRequest, type TenantResponse } from './message.ts';
export type { Scripts } from './operations.ts';
export { guardsOfRelease } from './release-guards.ts';
export { findRoute, type Operation } from './routes.ts';
export { type Rules, tenantRules } from './rules.ts';
export { type Customizer, type Customizers, configKeys, type TokenType, tokenTypes } from './state.ts';
export { createTenant, type Tenant, type TenantOptions } from './tenant.ts';
export type { TenantClient } from './token-endpoint.ts';
export { randomText, type TokenDetails, type Tokens } from './tokens.ts';
export type { ZodIssue } from './zod-issues.ts';
