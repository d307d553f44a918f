/** Finds what changed for clients between two OpenAPI documents of the customizer API, with Redocly's `diff`. */
export { normalizeEndpoint } from '../client/endpoint.ts';
export { savedDocument, tenantDocument } from '../contract/targets/tenant-document.ts';
export { redoclyName } from './redocly.ts';
export { type DriftReport, driftOf, type Finding } from './report.ts';
