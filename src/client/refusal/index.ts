/** What a tenant, or something in front of it, refuses, as errors that say what to do. */
export { refusalOf } from './api.ts';
export { missingRole, tokenRefusalOf } from './token.ts';
