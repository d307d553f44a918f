/** What changed for clients from one document of the customizer API to another, by Redocly's `diff`. */
export { normalizeEndpoint } from '../client/endpoint.ts';
export { savedDocument, tenantDocument } from '../contract/targets/tenant-document.ts';
export { redoclyName } from './redocly.ts';
export { type DriftReport, driftOf, type Finding } from './report.ts';
