import type { Json } from '../contract/json.ts';
import { constraintChange } from './compare-constraints.ts';
import { type At, createComparison, type Sink } from './compare-schema.ts';
import type { Difference, Place } from './finding.ts';
import { type Body, type Described, type Operation, operationsOf, type Response } from './operations.ts';
import type { Code, Direction } from './rules.ts';

/** What both have, and what only one has, by key. */
const sides = <T>(old: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>) => ({
  both: [...old].flatMap(([key, value]): [T, T][] => {
    const other = now.get(key);
    return other === undefined ? [] : [[value, other]];
  }),
  removed: [...old].filter(([key]) => !now.has(key)).map(([, value]) => value),
  added: [...now].filter(([key]) => !old.has(key)).map(([, value]) => value),
});

/** What is gone is found in the old document; a schema that lost something, in the new one. */
const isOfOld = (code: Code): boolean =>
  /^(operation|parameter|header|status|body|media-type|field|variant|enum-value)-removed$/.test(code);

/** What both documents have and what is therefore compared: the place of a difference without the difference. */
export interface Compared {
  operation: string;
  direction: Direction;
  status?: string;
  field: string;
}

export interface Comparison {
  differences: Difference[];
  compared: Compared[];
}

/** @returns what takes the findings of a direction of an operation, and of a status. */
type SinkOf = (direction: Direction, status?: string) => Sink;

const sinkInto =
  ({ differences, compared }: Comparison, operation: string): SinkOf =>
  (direction, status) => {
    const where = { operation, ...(status !== undefined && { status }) };
    return {
      compared: (field) => compared.push({ ...where, direction, field }),
      emit: (code, at, what = {}) => {
        const side = isOfOld(code) ? 'old' : 'new';
        const said = Object.fromEntries(Object.entries(what).filter(([, value]) => value !== undefined));
        const place: Place = { ...where, pointer: at[side], in: side };
        differences.push({ code, direction, field: at.field, ...said, place });
      },
    };
  };

const compareKeywords = (
  old: ReadonlyMap<string, Json>,
  now: ReadonlyMap<string, Json>,
  at: At,
  { emit }: Sink,
): void => {
  for (const keyword of new Set([...old.keys(), ...now.keys()])) {
    const what = { keyword, before: old.get(keyword), after: now.get(keyword) };
    const code = constraintChange(keyword, what.before, what.after);
    if (code !== undefined) emit(code, at, what);
  }
};

const compareDescribed = (old: Described, now: Described, field: string, sink: Sink): void => {
  const { emit } = sink;
  const at = { field, old: old.pointer, new: now.pointer };
  compareKeywords(old.keywords, now.keywords, at, sink);
  if (old.shape !== undefined && now.shape !== undefined) createComparison(sink)(old.shape, now.shape, field);
  else if (old.shape !== undefined) emit('type-wider', at, { before: 'a schema', after: 'anything' });
  else if (now.shape !== undefined) emit('type-narrower', at, { before: 'anything', after: 'a schema' });
};

const compareContent = (old: Body, now: Body, sink: Sink): void => {
  const { emit } = sink;
  const { both, removed, added } = sides(old.content, now.content);
  const at = { field: '', old: old.pointer, new: now.pointer };
  for (const { name, pointer } of removed)
    emit('media-type-removed', { ...at, old: pointer }, { before: name });
  for (const { name, pointer } of added) emit('media-type-added', { ...at, new: pointer }, { after: name });
  for (const [before, after] of both) compareDescribed(before, after, '', sink);
};

const compareBodies = (
  old: Body | undefined,
  now: Body | undefined,
  parent: { old: string; new: string },
  sink: Sink,
): void => {
  const { emit } = sink;
  const at = { field: '', old: old?.pointer ?? parent.old, new: now?.pointer ?? parent.new };
  const isRequired = now?.isRequired ?? false;
  if (old !== undefined && now !== undefined) {
    if (old.isRequired !== isRequired) emit(isRequired ? 'body-made-required' : 'body-made-optional', at);
    compareContent(old, now, sink);
  } else if (now !== undefined) {
    emit(isRequired ? 'body-added' : 'body-added-optional', at, { after: [...now.content.keys()] });
  } else if (old !== undefined) {
    emit('body-removed', at, { before: [...old.content.keys()] });
  }
};

const compareParameters = (old: Operation, now: Operation, sink: Sink): void => {
  const { emit, compared } = sink;
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
    compared(before.name);
    const at = { field: before.name, old: before.pointer, new: after.pointer };
    if (before.isRequired !== after.isRequired)
      emit(after.isRequired ? 'parameter-made-required' : 'parameter-made-optional', at);
    compareDescribed(before, after, before.name, sink);
  }
};

const compareHeaders = (old: Response, now: Response, sink: Sink): void => {
  const { emit, compared } = sink;
  const { both, removed, added } = sides(old.headers, now.headers);
  const parent = { old: old.pointer, new: now.pointer };
  for (const { name, pointer } of removed)
    emit('header-removed', { ...parent, field: `header ${name}`, old: pointer });
  for (const { name, pointer } of added)
    emit('header-added', { ...parent, field: `header ${name}`, new: pointer });
  for (const [before, after] of both) {
    compared(`header ${before.name}`);
    const at = { field: `header ${before.name}`, old: before.pointer, new: after.pointer };
    if (before.isRequired !== after.isRequired)
      emit(after.isRequired ? 'header-made-required' : 'header-made-optional', at);
    compareDescribed(before, after, at.field, sink);
  }
};

const compareResponses = (old: Operation, now: Operation, sinkOf: SinkOf): void => {
  const { both, removed, added } = sides(old.responses, now.responses);
  const parent = { field: '', old: old.pointer, new: now.pointer };
  for (const { status, pointer } of removed)
    sinkOf('response', status).emit('status-removed', { ...parent, old: pointer });
  for (const { status, pointer } of added) {
    const code = /^[45]/.test(status) ? 'status-added-error' : 'status-added-success';
    sinkOf('response', status).emit(code, { ...parent, new: pointer });
  }
  for (const [before, after] of both) {
    const sink = sinkOf('response', before.status);
    sink.compared('');
    const at = { field: '', old: before.pointer, new: after.pointer };
    compareHeaders(before, after, sink);
    compareBodies(before.body, after.body, at, sink);
    compareKeywords(before.keywords, after.keywords, at, sink);
  }
};

/** The ways to authorize, without the scopes of bearer tokens when one of the documents names none. */
const compareSecurity = (old: Operation, now: Operation, { emit }: Sink): void => {
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

const compareOperations = (old: Operation, now: Operation, sinkOf: SinkOf): void => {
  const sink = sinkOf('request');
  const at = { field: '', old: old.pointer, new: now.pointer };
  compareSecurity(old, now, sink);
  compareParameters(old, now, sink);
  compareBodies(old.body, now.body, at, sink);
  compareKeywords(old.keywords, now.keywords, at, sink);
  compareResponses(old, now, sinkOf);
};

/**
 * Where two OpenAPI documents differ in what they say of the customizers, place by place.
 *
 * @throws {UnreadableDocumentError} when one of them is no OpenAPI 3 document, or a reference leads nowhere.
 */
export const compareDocuments = (old: Json, now: Json): Comparison => {
  const comparison: Comparison = { differences: [], compared: [] };
  const [before, after] = [operationsOf(old), operationsOf(now)];
  if (before.size > 0 && after.size === 0) {
    const place = { operation: 'every operation', pointer: '/paths', in: 'new' as const };
    const missing = { code: 'operations-missing', direction: 'request', field: '', place } as const;
    return { ...comparison, differences: [missing] };
  }
  const { both, removed, added } = sides(before, after);
  const none = { field: '', old: '', new: '' };
  for (const { name, pointer } of removed)
    sinkInto(comparison, name)('request').emit('operation-removed', { ...none, old: pointer });
  for (const { name, pointer } of added)
    sinkInto(comparison, name)('request').emit('operation-added', { ...none, new: pointer });
  for (const [one, other] of both) compareOperations(one, other, sinkInto(comparison, one.name));
  return comparison;
};
