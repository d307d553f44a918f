import type { Json } from '../contract/json.ts';
import { constraintChange } from './compare-constraints.ts';
import { createComparison, type Emit } from './compare-schema.ts';
import type { Difference, Place } from './finding.ts';
import { type Body, type Described, type Operation, operationsOf, type Response } from './operations.ts';
import { type Code, type Direction, rules } from './rules.ts';

/** What both have, and what only one has, by key. */
const sides = <T>(old: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>) => ({
  both: [...old].flatMap(([key, value]): [T, T][] => {
    const other = now.get(key);
    return other === undefined ? [] : [[value, other]];
  }),
  removed: [...old].filter(([key]) => !now.has(key)).map(([, value]) => value),
  added: [...now].filter(([key]) => !old.has(key)).map(([, value]) => value),
});

/** Of what is gone and nothing else, the place is in the old document. */
const isOfOld = (code: Code): boolean =>
  rules[code].kind === 'removed' && !/-made-|^null-|^constraint-|^enum-|^deprecation-/.test(code);

/** The differences of one operation. */
class Collector {
  readonly #differences: Difference[];
  readonly #operation: string;

  constructor(operation: string, differences: Difference[]) {
    this.#operation = operation;
    this.#differences = differences;
  }

  /** @returns what takes the differences of a direction and status. */
  emitting(direction: Direction, status?: string): Emit {
    return (code, at, { keyword, before, after, since } = {}) => {
      const isOld = isOfOld(code) || code === 'enum-value-removed';
      const place: Place = {
        operation: this.#operation,
        ...(status !== undefined && { status }),
        pointer: isOld ? at.old : at.new,
        in: isOld ? 'old' : 'new',
      };
      this.#differences.push({
        code,
        direction,
        field: at.field,
        ...(keyword !== undefined && { keyword }),
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        ...(since !== undefined && { since }),
        place,
      });
    };
  }
}

const compareKeywords = (
  old: ReadonlyMap<string, Json>,
  now: ReadonlyMap<string, Json>,
  at: { field: string; old: string; new: string },
  emit: Emit,
): void => {
  for (const keyword of new Set([...old.keys(), ...now.keys()])) {
    const what = { keyword, before: old.get(keyword), after: now.get(keyword) };
    const code = constraintChange(keyword, what.before, what.after);
    if (code !== undefined) emit(code, at, what);
  }
};

const compareDescribed = (old: Described, now: Described, field: string, emit: Emit): void => {
  const at = { field, old: old.pointer, new: now.pointer };
  compareKeywords(old.keywords, now.keywords, at, emit);
  if (old.shape !== undefined && now.shape !== undefined) createComparison(emit)(old.shape, now.shape, field);
  else if (old.shape !== undefined) emit('type-wider', at, { before: 'a schema', after: 'anything' });
  else if (now.shape !== undefined) emit('type-narrower', at, { before: 'anything', after: 'a schema' });
};

const compareContent = (old: Body, now: Body, emit: Emit): void => {
  const { both, removed, added } = sides(old.content, now.content);
  const at = { field: '', old: old.pointer, new: now.pointer };
  for (const { name, pointer } of removed)
    emit('media-type-removed', { ...at, old: pointer }, { before: name });
  for (const { name, pointer } of added) emit('media-type-added', { ...at, new: pointer }, { after: name });
  for (const [before, after] of both) compareDescribed(before, after, '', emit);
};

const compareBodies = (
  old: Body | undefined,
  now: Body | undefined,
  parent: { old: string; new: string },
  emit: Emit,
): void => {
  const at = { field: '', old: old?.pointer ?? parent.old, new: now?.pointer ?? parent.new };
  const isRequired = now?.isRequired ?? false;
  if (old !== undefined && now !== undefined) {
    if (old.isRequired !== isRequired) emit(isRequired ? 'body-made-required' : 'body-made-optional', at);
    compareContent(old, now, emit);
  } else if (now !== undefined) {
    emit(isRequired ? 'body-added' : 'body-added-optional', at, { after: [...now.content.keys()] });
  } else if (old !== undefined) {
    emit('body-removed', at, { before: [...old.content.keys()] });
  }
};

const compareParameters = (old: Operation, now: Operation, emit: Emit): void => {
  const { both, removed, added } = sides(old.parameters, now.parameters);
  const parent = { old: old.pointer, new: now.pointer };
  for (const { name, pointer } of removed)
    emit('parameter-removed', { ...parent, field: name, old: pointer });
  for (const { name, pointer, isRequired } of added)
    emit(isRequired ? 'parameter-added-required' : 'parameter-added-optional', {
      ...parent,
      field: name,
      new: pointer,
    });
  for (const [before, after] of both) {
    const at = { field: before.name, old: before.pointer, new: after.pointer };
    if (before.isRequired !== after.isRequired)
      emit(after.isRequired ? 'parameter-made-required' : 'parameter-made-optional', at);
    compareDescribed(before, after, before.name, emit);
  }
};

const compareHeaders = (old: Response, now: Response, emit: Emit): void => {
  const { both, removed, added } = sides(old.headers, now.headers);
  const parent = { old: old.pointer, new: now.pointer };
  for (const { name, pointer } of removed)
    emit('header-removed', { ...parent, field: `header ${name}`, old: pointer });
  for (const { name, pointer } of added)
    emit('header-added', { ...parent, field: `header ${name}`, new: pointer });
  for (const [before, after] of both) {
    const at = { field: `header ${before.name}`, old: before.pointer, new: after.pointer };
    if (before.isRequired !== after.isRequired)
      emit(after.isRequired ? 'header-made-required' : 'header-made-optional', at);
    compareDescribed(before, after, at.field, emit);
  }
};

const compareResponses = (old: Operation, now: Operation, collector: Collector): void => {
  const { both, removed, added } = sides(old.responses, now.responses);
  const parent = { field: '', old: old.pointer, new: now.pointer };
  for (const { status, pointer } of removed)
    collector.emitting('response', status)('status-removed', { ...parent, old: pointer });
  for (const { status, pointer } of added) {
    const code = /^[45]/.test(status) ? 'status-added-error' : 'status-added-success';
    collector.emitting('response', status)(code, { ...parent, new: pointer });
  }
  for (const [before, after] of both) {
    const emit = collector.emitting('response', before.status);
    const at = { field: '', old: before.pointer, new: after.pointer };
    compareHeaders(before, after, emit);
    compareBodies(before.body, after.body, at, emit);
    compareKeywords(before.keywords, after.keywords, at, emit);
  }
};

/** The ways to authorize, without the scopes of bearer tokens when one of the documents names none. */
const compareSecurity = (old: Operation, now: Operation, emit: Emit): void => {
  const scopeless = (ways: readonly string[]): string[] =>
    ways.map((way) => way.replaceAll(/\bbearer( [^ ]+)*/g, 'bearer'));
  const namesNone = [old, now].some(({ security }) => security?.includes('bearer'));
  const [before, after] = [old, now].map(({ security = [] }) =>
    (namesNone ? scopeless(security) : [...security]).sort().join(' or '),
  );
  if (before === after) return;
  emit(
    'security-changed',
    { field: '', old: old.pointer, new: now.pointer },
    { before: before || 'none', after: after || 'none' },
  );
};

const compareOperations = (old: Operation, now: Operation, collector: Collector): void => {
  const emit = collector.emitting('request');
  const at = { field: '', old: old.pointer, new: now.pointer };
  compareSecurity(old, now, emit);
  compareParameters(old, now, emit);
  compareBodies(old.body, now.body, at, emit);
  compareKeywords(old.keywords, now.keywords, at, emit);
  compareResponses(old, now, collector);
};

/**
 * Where two OpenAPI documents differ in what they say of the customizers, place by place.
 *
 * @throws {UnreadableDocumentError} when one of them is no OpenAPI 3 document, or a reference leads nowhere.
 */
export const differencesBetween = (old: Json, now: Json): Difference[] => {
  const differences: Difference[] = [];
  const [before, after] = [operationsOf(old), operationsOf(now)];
  if (before.size > 0 && after.size === 0) {
    const place = { operation: 'every operation', pointer: '/paths', in: 'new' as const };
    return [{ code: 'operations-missing', direction: 'request', field: '', place }];
  }
  const { both, removed, added } = sides(before, after);
  for (const { name, pointer } of removed)
    new Collector(name, differences).emitting('request')('operation-removed', {
      field: '',
      old: pointer,
      new: '',
    });
  for (const { name, pointer } of added)
    new Collector(name, differences).emitting('request')('operation-added', {
      field: '',
      old: '',
      new: pointer,
    });
  for (const [one, other] of both) compareOperations(one, other, new Collector(one.name, differences));
  return differences;
};
