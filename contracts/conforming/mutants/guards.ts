/** What mutants do to the guard of the bodies. */
import { type Rules, tenantRules, type ZodIssue } from '../../../src/tenant/index.ts';
import type { Fields } from './hooks.ts';

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTest = (value: unknown): boolean => isObject(value) && 'tokenType' in value;

/** A tenant that takes a body as it is when its guard minds nothing but this. */
export const forgiving = (isForgiven: (issue: ZodIssue) => boolean): Partial<Rules> => ({
  validate: (guard, body) => {
    const result = tenantRules.validate(guard, body);
    return result.success || !result.issues.every(isForgiven) ? result : { success: true, data: body };
  },
});

/** A tenant that makes a body another one before its guard sees it. */
export const coercing = (change: (body: Fields) => unknown): Partial<Rules> => ({
  validate: (guard, body) =>
    tenantRules.validate(guard, isObject(body) && !isTest(body) ? change(body) : body),
});

/** A tenant that makes the body of `POST /test` another one after its guard saw it. */
export const testing = (change: (body: Fields) => Fields): Partial<Rules> => ({
  validate: (guard, body) => {
    const result = tenantRules.validate(guard, body);
    return result.success && isTest(body) ? { success: true, data: change(result.data as Fields) } : result;
  },
});

/** A tenant that refuses what its guard would take. */
export const refusing = (path: string[], isRefused: (body: Fields) => boolean): Partial<Rules> => ({
  validate: (guard, body) =>
    isObject(body) && !isTest(body) && isRefused(body)
      ? { success: false, issues: [{ code: 'custom', path, message: 'Invalid input' }] }
      : tenantRules.validate(guard, body),
});

/** Whether an issue stands at this path, written with dots. */
export const at =
  (path: string) =>
  (issue: ZodIssue): boolean =>
    issue.path.join('.') === path;
