/** The model of a tenant: how it responds, without a socket. */
export type { BodyGuard, BodyGuards, GuardResult, ZodIssue } from './guards.ts';
export { json, maxBodySize, plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';
export type { Scripts, TenantOptions } from './operations.ts';
export { guardsOfRelease, type JsonSchema, type JsonSchemas, schemasOf } from './release-guards.ts';
export { findRoute, type Operation } from './routes.ts';
export { type Rules, tenantRules } from './rules.ts';
export { type Customizer, type Customizers, configKeys, type TokenType, tokenTypes } from './state.ts';
export { createTenant, type Tenant } from './tenant.ts';
export type { TenantClient } from './token-endpoint.ts';
export { randomText, type TokenDetails, type Tokens } from './tokens.ts';
