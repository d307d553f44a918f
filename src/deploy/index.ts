/** Claims as code: the scripts of a folder, compared with tenants and deployed to them. */
export { loadProject, type Project } from './config.ts';
export { diffTenant, planOf, type TenantDiff } from './diff.ts';
export { selectTenants, type TenantSettings, tenantSettings } from './environment.ts';
export { ConfigError, RefusedPushError } from './errors.ts';
export { assertVariables } from './folder.ts';
export { init } from './init.ts';
export { loadPlan, savePlan } from './plan.ts';
export { pullTenant, storedTokenTypes } from './pull.ts';
export { pushTenant, type WriteOptions } from './push.ts';
export { renderJson, renderMarkdown, renderText } from './render.ts';
export { rollbackTenant } from './rollback.ts';
export { statusOf, type TokenTypeStatus } from './status.ts';
