import { laterFields } from '../../../generated/later-fields.js';
import type { Issue } from '../errors/base.ts';
import { isRecord, pointerTo } from '../json.ts';

/** A field of a sample that a release before `x-logto-since` drops in silence. */
const isLater = (pointer: string): boolean =>
  laterFields.includes(pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'));

/**
 * Where what is stored is not what was to be stored, without a word of either.
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
  if (Array.isArray(wanted) && Array.isArray(stored) && wanted.length === stored.length) {
    return wanted.flatMap((item, index) =>
      differences(item, stored[index], ignored, pointerTo(pointer, index)),
    );
  }
  if (isRecord(wanted) && isRecord(stored)) {
    return [...new Set([...Object.keys(wanted), ...Object.keys(stored)])].flatMap((key) => {
      const at = pointerTo(pointer, key);
      if (Object.hasOwn(wanted, key)) {
        return Object.hasOwn(stored, key) || !isLater(at)
          ? differences(wanted[key], Object.hasOwn(stored, key) ? stored[key] : undefined, ignored, at)
          : [];
      }
      return ignored.includes(at) ? [] : [{ pointer: at, message: 'was not sent' }];
    });
  }
  return [{ pointer, message: stored === undefined || stored === null ? 'is missing' : 'is another value' }];
};
