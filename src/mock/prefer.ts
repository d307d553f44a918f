import type { TokenType } from '../../generated/types.d.ts';
import { exampleOf, type Operation, successOf } from './operation.ts';

/** What a client asks Prism for, by `Prefer` or in the query (`__code`, `__example`, `__dynamic`, `__seed`). */
export interface Preference {
  code?: number;
  example?: string;
  /** A body generated from the schema in place of an example. */
  dynamic?: boolean;
  /** Makes what is generated the same each time. */
  seed?: string;
}

/** A preference that cannot be read; `message` says why. */
export interface UnreadablePreference {
  message: string;
}

/** RFC 7240: preferences are separated by commas, parameters of one by semicolons, both may be quoted. */
const split = (text: string, separator: RegExp): string[] =>
  (text.match(separator) ?? []).map((part) => part.trim()).filter((part) => part !== '');

const valuesOfHeader = (header: string): Map<string, string> => {
  const values = new Map<string, string>();
  for (const preference of split(header, /(?:"[^"]*"|[^,"])+/g)) {
    const [first = ''] = split(preference, /(?:"[^"]*"|[^;"])+/g);
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(first) ?? [];
    const key = name.trim().toLowerCase();
    if (!values.has(key)) values.set(key, value.trim().replace(/^"(.*)"$/s, '$1'));
  }
  return values;
};

const valuesOfQuery = (query: URLSearchParams): Map<string, string> =>
  new Map(
    [...query].filter(([name]) => name.startsWith('__')).map(([name, value]) => [name.slice(2), value]),
  );

/** As Prism reads it: the query counts only without the header. Nothing when nothing is preferred. */
export const readPreference = (
  header: string | undefined,
  query: URLSearchParams,
): Preference | UnreadablePreference | undefined => {
  const values = header === undefined ? valuesOfQuery(query) : valuesOfHeader(header);
  const code = values.get('code');
  const example = values.get('example');
  const dynamic = values.get('dynamic');
  const seed = values.get('seed');
  if (code !== undefined && !/^\d{3}$/.test(code)) return { message: 'code: three digits expected' };
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic))
    return { message: 'dynamic: true or false expected' };
  if (code === undefined && example === undefined && dynamic !== 'true') return undefined;
  return {
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { example }),
    ...(dynamic === 'true' && { dynamic: true }),
    ...(seed !== undefined && { seed }),
  };
};

/**
 * A preference with what it leaves open: the status of the example that it names, the example of the token type.
 * Without a status when the operation has no such example.
 */
export const complete = (
  preference: Preference,
  operation: Operation,
  tokenType: TokenType | undefined,
  accept: string | undefined,
): Preference => {
  const { code, example, dynamic } = preference;
  if (example !== undefined) {
    const { code: _, ...rest } = preference;
    const statuses = operation.contents
      .filter(({ examples }) => examples.some(({ key }) => key === example))
      .map(({ status }) => status);
    const found = code === undefined ? statuses[0] : statuses.find((status) => status === code);
    return found === undefined ? rest : { ...rest, code: found };
  }
  const status = code ?? successOf(operation);
  const own = dynamic ? undefined : exampleOf(operation, status, tokenType, accept);
  return { ...preference, code: status, ...(own !== undefined && { example: own }) };
};
