import type { Json } from '../contract/json.ts';
import { canonical } from './json.ts';
import type { Code } from './rules.ts';

/** Bounds: whether a greater number accepts more. */
const bounds = new Map(
  Object.entries({
    maxLength: true,
    maximum: true,
    exclusiveMaximum: true,
    maxItems: true,
    maxProperties: true,
    minLength: false,
    minimum: false,
    exclusiveMinimum: false,
    minItems: false,
    minProperties: false,
  }),
);

/** What takes values away when it is there, and nobody can compare two of. */
const filters = new Set(['pattern', 'format', 'multipleOf', 'uniqueItems']);

/** The change of one keyword; nothing when it is the same. */
export const constraintChange = (
  keyword: string,
  before: Json | undefined,
  after: Json | undefined,
): Code | undefined => {
  if (canonical(before) === canonical(after)) return undefined;
  if (keyword === 'deprecated') return after === undefined ? 'deprecation-removed' : 'deprecation-added';
  const greaterIsWider = bounds.get(keyword);
  if (greaterIsWider === undefined && !filters.has(keyword)) return 'keyword-changed';
  if (before === undefined) return 'constraint-added';
  if (after === undefined) return 'constraint-removed';
  if (greaterIsWider === undefined || typeof before !== 'number' || typeof after !== 'number')
    return 'constraint-changed';
  return after > before === greaterIsWider ? 'constraint-loosened' : 'constraint-tightened';
};
