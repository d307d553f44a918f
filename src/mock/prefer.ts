/** What a client prefers, in the words of Prism's engine. */
export interface Preference {
  code?: number;
  exampleKey?: string;
  /** A body generated from the schema in place of an example. */
  dynamic?: boolean;
  /** Makes what is generated the same each time. */
  seed?: string;
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

/**
 * Reads `Prefer`, or without it the query (`__code`, `__example`, `__dynamic`, `__seed`), as Prism's server does.
 *
 * @returns why a preference cannot be read, as a string
 */
export const readPreference = (header: string | undefined, query: URLSearchParams): Preference | string => {
  const values = header === undefined ? valuesOfQuery(query) : valuesOfHeader(header);
  const code = values.get('code');
  const example = values.get('example');
  const dynamic = values.get('dynamic');
  const seed = values.get('seed');
  if (code !== undefined && !/^\d{3}$/.test(code)) return 'code: expected three digits';
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic)) return 'dynamic: expected true or false';
  return {
    ...(code !== undefined && { code: Number(code) }),
    ...(example !== undefined && { exampleKey: example }),
    ...(dynamic !== undefined && { dynamic: dynamic === 'true' }),
    ...(seed !== undefined && { seed }),
  };
};
