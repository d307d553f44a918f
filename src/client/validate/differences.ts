import { laterFields } from '../../../generated/later-fields.js';
import type { Issue } from '../errors.ts';
import { isRecord, pointerTo } from '../json.ts';

/** As many as the validators find. */
export const maxIssues = 100;

/** A field of a sample that a release before `x-logto-since` drops in silence. */
const isLater = (pointer: string): boolean =>
  laterFields.includes(pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'));

/**
 * Where what is stored is not what was to be stored, without any of either.
 *
 * @param ignored - JSON Pointers that may differ: what a tenant drops, and what a newer one adds
 */
export const differences = (
  wanted: unknown,
  stored: unknown,
  ignored: readonly string[],
  pointer = '',
): Issue[] => {
  if (wanted === stored || ignored.includes(pointer)) return [];
  const isList = Array.isArray(wanted) && Array.isArray(stored) && wanted.length === stored.length;
  if (isList || (isRecord(wanted) && isRecord(stored))) {
    const [a, b] = [wanted, stored] as [Record<string, unknown>, Record<string, unknown>];
    const found: Issue[] = [];
    // In a loop, whose frames are half of those of `flatMap`: a customizer can be nested 2,000 deep.
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (found.length >= maxIssues) break;
      const at = pointerTo(pointer, key);
      if (!Object.hasOwn(a, key)) {
        if (!ignored.includes(at)) found.push({ pointer: at, message: 'was not sent' });
      } else if (Object.hasOwn(b, key) || !isLater(at))
        found.push(...differences(a[key], Object.hasOwn(b, key) ? b[key] : undefined, ignored, at));
    }
    return found;
  }
  return [{ pointer, message: stored === undefined || stored === null ? 'is missing' : 'is another value' }];
};
