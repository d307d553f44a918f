import { readdirSync, readFileSync } from 'node:fs';
import type { Rule, Shard } from '../report/index.ts';
import type { Case, Customizers } from './case.ts';
import { operationsById, readJson, requestExamples, responseExamples } from './document.ts';
import { isObject, type Json, pointerTo, valueAt } from './json.ts';

/** Every rule by its code. */
export const rules = readJson('contracts/rules.json') as Record<string, Rule>;

export const ruleOf = (code: string): Rule | undefined =>
  Object.hasOwn(rules, code) ? rules[code] : undefined;

/** A case as written in its file: `{"$example": "name"}` stands for a value in the document. */
interface CaseFile extends Omit<Case, 'group' | 'given'> {
  given: Json;
}

/** The fields that a case may have, by JSON Pointer. */
const fields = {
  '': 'name rule given request expect since before disruptive evidence',
  '/request': 'operation method tokenType authorization headers body raw bytes form',
  '/expect': 'status code issues body drops example varies undocumented values headers headersAbsent',
};

type Fail = (pointer: string, problem: string) => never;

/** The value with every `$example` and `$documented` replaced by the value that it names. */
const resolve = (value: Json, pointer: string, fail: Fail): Json => {
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, pointerTo(pointer, index), fail));
  if (!isObject(value)) return value;
  const reference = value['$example'] ?? value['$documented'];
  if (typeof reference === 'string') {
    const [name = '', inside = ''] = reference.split('#');
    const example =
      value['$example'] === undefined
        ? readJson(`spec/examples/documented/${name}.json`)
        : requestExamples.get(name);
    const found = valueAt(example, inside);
    if (found === undefined) fail(pointer, `the document has no request example "${reference}"`);
    return found as Json;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolve(item, pointerTo(pointer, key), fail)]),
  );
};

const read = (written: CaseFile, group: string, fail: Fail): Case => {
  for (const [pointer, names] of Object.entries(fields)) {
    const known = names.split(' ');
    const part = valueAt(written, pointer);
    if (!isObject(part)) return fail(pointer, 'expected an object');
    const unknown = Object.keys(part).find((key) => !known.includes(key));
    if (unknown !== undefined)
      return fail(`${pointer}/${unknown}`, `no such field; known fields are ${known.join(', ')}`);
  }
  const { given, request, ...rest } = written;
  const { operation, body } = request;
  const { example } = rest.expect;
  if (!Object.hasOwn(operationsById, operation))
    return fail(
      '/request/operation',
      `the document has no operation "${operation}"; it has ${Object.keys(operationsById).join(', ')}`,
    );
  if (ruleOf(rest.rule) === undefined)
    return fail('/rule', `contracts/rules.json has no rule "${rest.rule}"`);
  if (example !== undefined && !responseExamples.has(example))
    return fail('/expect/example', `the document has no response example "${example}"`);
  const bodyExample = isObject(body) ? body['$example'] : undefined;
  return {
    ...rest,
    group,
    given: resolve(given, '/given', fail) as Customizers,
    request: {
      ...request,
      ...(body !== undefined && { body: resolve(body, '/request/body', fail) }),
      ...(typeof bodyExample === 'string' && !bodyExample.includes('#') && { example: bodyExample }),
    },
  };
};

/**
 * Every case in a folder of JSON files, in the order of the file names.
 *
 * @param folder The project's own `contracts/cases/` by default.
 * @throws {Error} with file and JSON Pointer when a case cannot be read, or when two have the same name.
 */
export const loadCases = (folder: URL = new URL('../../contracts/cases/', import.meta.url)): Case[] => {
  const names = new Set<string>();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const written = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CaseFile[];
      return written.map((entry, index) => {
        const fail: Fail = (pointer, problem) => {
          throw new Error(`contracts/cases/${file}#/${index}${pointer}: ${problem}`);
        };
        if (names.has(entry.name)) fail('', `two cases are named "${entry.name}"`);
        names.add(entry.name);
        return read(entry, file.replace(/\.json$/, ''), fail);
      });
    });
};

/** The cases of a run: all, or those of its shard. */
export const casesOf = ({ shard }: { shard?: Shard } = {}): Case[] =>
  loadCases().filter((_, number) => shard === undefined || number % shard.count === shard.index - 1);

let words: string | undefined;

/**
 * Whether a string, such as `script`, appears in the cases or the document. Showing it reveals nothing; redacting it in
 * a response would change what is validated.
 */
export const isCommonWord = (text: string): boolean => {
  words ??=
    JSON.stringify(loadCases()) +
    readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8');
  return words.includes(text);
};
