import { laterFields } from '../../../generated/later-fields.js';
import type { Issue } from '../errors.ts';
import { isRecord, pointerTo } from '../json.ts';

/** The limit of the validators, too. */
export const maxIssues = 100;

/** Whether a field belongs to a sample and has `x-logto-since`: earlier releases silently drop it. */
const isLater = (pointer: string): boolean =>
  laterFields.includes(pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'));

/**
 * Where the stored value differs from the wanted one. The issues contain neither value.
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
    // A loop needs half the stack of `flatMap`: a customizer can be nested 2,000 deep.
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
  return [{ pointer, message: stored === undefined || stored === null ? 'is missing' : 'has another value' }];
};
