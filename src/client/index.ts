/** A typed client for Logto's JWT customizers. `raw.ts` is openapi-fetch with the same transport. */

export type { ValidationIssue } from '../../generated/validators/issue.d.ts';
export { createJwtCustomizerClient, findDroppedFields } from './client.ts';
export { createManagementApiAccess, type ManagementApiAccess } from './connect.ts';
export * from './errors.ts';
export type { ClientEvent, Exchanged } from './events.ts';
export type * from './options.ts';
export type * from './types.ts';
