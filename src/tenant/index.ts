/** The model of a tenant: how it responds, without a socket. */
export {
  completeUser,
  type TenantOrganization,
  type TenantOrganizationRole,
  type TenantUser,
} from './directory.ts';
export type { BodyGuard, BodyGuards, GuardResult, ZodIssue } from './guards.ts';
export { json, maxBodySize, plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';
export type { Scripts, TenantOptions } from './operations.ts';
export { guardsOfRelease, type JsonSchema, type JsonSchemas, schemasOf } from './release-guards.ts';
export { findRoute, type Operation } from './routes.ts';
export { type Rules, tenantRules } from './rules.ts';
export { oneLine } from './script-note.ts';
export { type Customizer, type Customizers, configKeys, type TokenType, tokenTypes } from './state.ts';
export { createTenant, type Tenant, type UserTokenRequest } from './tenant.ts';
export type { ApplicationType, TenantClient } from './token-endpoint.ts';
export { randomText, type TokenDetails, type TokenFault, type Tokens } from './tokens.ts';
