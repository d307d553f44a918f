import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type FieldOptions, fieldVerdict } from '../compatibility/index.ts';
import { isBefore } from '../runner/release.ts';

const recordings = new URL('../../contracts/recordings/', import.meta.url);

const recorded = readdirSync(recordings)
  .flatMap((name) => /^logto-(.*)\.openapi\.json$/.exec(name)?.[1] ?? [])
  .sort((a, b) => (isBefore(a, b) ? -1 : 1));

/** The list nests each customizer in `value`; the vendor's document nests the body of `/test` in `payload`. */
const wrappers = new Set(['/value', '/payload']);

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  enum?: unknown[];
  items?: Schema;
  [keyword: string]: unknown;
}

/** Of a customizer the kind of its token tells, of a request to `/test` its token type. */
const variantOf = ({ properties: { tokenSample, tokenType } = {} }: Schema): FieldOptions => ({
  tokenType: /client-?credentials/i.test(JSON.stringify([tokenSample, tokenType]))
    ? 'client-credentials'
    : 'access-token',
});

/** Removes the fields and values that were added after the release. */
const prune = (schema: Schema, pointer: string, release: string, options: FieldOptions = {}): void => {
  const isKnown = (field: string, value?: string): boolean => {
    // Before 1.37 the context of client credentials was any object, of which no field was listed.
    const isAny = options.tokenType === 'client-credentials' && /^\/context(Sample)?\//.test(field);
    if (isAny && isBefore(release, '1.37')) return false;
    try {
      return (
        fieldVerdict(release, field, value === undefined ? options : { ...options, value }) === 'accepted'
      );
    } catch {
      // Our document does not have the field, or none of its values was added later.
      return true;
    }
  };
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const field = wrappers.has(`${pointer}/${key}`) ? '' : `${pointer}/${key}`;
    if (field === '' || isKnown(field)) prune(property, field, release, options);
    else delete schema.properties?.[key];
  }
  const { properties, required } = schema;
  if (properties && required) schema.required = required.filter((key) => Object.hasOwn(properties, key));
  if (schema.enum) schema.enum = schema.enum.filter((value) => isKnown(pointer, String(value)));
  for (const [keyword, below] of [
    ['anyOf', ''],
    ['oneOf', ''],
    ['items', '/*'],
    ['additionalProperties', '/*'],
  ] as const)
    for (const branch of [schema[keyword] ?? []].flat() as Schema[])
      if (typeof branch === 'object')
        prune(branch, pointer + below, release, pointer === '' && below === '' ? variantOf(branch) : options);
};

/**
 * The response of a release to `GET /api/swagger.json`: Logto's own document, as recorded. For a release that was not
 * recorded, it is the next recorded one without the fields that were added later.
 *
 * @param anyClient - whether the mock grants a token to any client, which no tenant does: the contract suite reads it
 */
export const vendorDocument = async (release: string, anyClient = false): Promise<object> => {
  const base = recorded.find((one) => !isBefore(one, release));
  const text = await readFile(new URL(`logto-${base}.openapi.json`, recordings), 'utf8');
  const { info, ...document } = JSON.parse(text) as VendorDocument;
  const bodies = Object.values(document.paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap(({ requestBody = {}, responses = {} }) => [requestBody, ...Object.values(responses)])
    .flatMap(({ content = {} }) => Object.values(content));
  // The items of the list are customizers, too.
  if (base !== release) for (const { schema } of bodies) prune(schema.items ?? schema, '', release);
  return { info: { ...info, ...(anyClient && { 'x-any-client': true }) }, ...document };
};

interface VendorDocument {
  info: object;
  paths: Record<string, Record<string, { requestBody?: Body; responses?: Record<string, Body> }>>;
}

interface Body {
  content?: Record<string, { schema: Schema }>;
}
