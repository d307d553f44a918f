/** Claims as code: the scripts of a folder, compared with tenants and deployed to them. */
export { loadProject, type Project } from './config.ts';
export { diffTenant, planOf, type TenantDiff } from './diff.ts';
export { selectTenants, type TenantSettings, tenantSettings } from './environment.ts';
export { ConfigError, RefusedPushError } from './errors.ts';
export { assertVariables } from './folder.ts';
export { type InitOptions, init, type TakeOver } from './init.ts';
export { loadPlan, type Plan, savePlan } from './plan.ts';
export { type PullResult, pullTenant, storedTokenTypes } from './pull.ts';
export { type PushResult, pushTenant, type WriteOptions } from './push.ts';
export { renderJson, renderMarkdown, renderText } from './render.ts';
export { rollbackTenant } from './rollback.ts';
export { statusOf, type TokenTypeStatus } from './status.ts';
