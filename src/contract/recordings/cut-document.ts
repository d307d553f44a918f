import { isObject, type Json } from '../json.ts';

const prefix = '/api/configs/jwt-customizer';

/** Where people are told something. A schema's property of that name is no text. */
const sentences = new Set(['description', 'summary']);

const withoutSentences = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutSentences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(sentences.has(key) && typeof item === 'string'))
      .map(([key, item]) => [key, withoutSentences(item)]),
  );
};

/** The schemas that are referred to, and those that these refer to. */
const schemasOf = (value: Json, schemas: { [name: string]: Json }): { [name: string]: Json } => {
  const found: { [name: string]: Json } = {};
  const visit = (node: Json): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    const reference = typeof node['$ref'] === 'string' ? node['$ref'] : '';
    const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1];
    const schema = name === undefined ? undefined : schemas[name];
    if (name !== undefined && schema !== undefined && found[name] === undefined) {
      found[name] = schema;
      visit(schema);
    }
    for (const item of Object.values(node)) visit(item);
  };
  visit(value);
  return found;
};

const objectAt = (value: { [key: string]: Json }, key: string): { [key: string]: Json } => {
  const found = value[key];
  return isObject(found) ? found : {};
};

/**
 * What a recording keeps of a tenant's own document, `GET /api/swagger.json`: the structure of the paths of the
 * customizers. Sentences, the tenant's address and all other paths are left out.
 *
 * @throws {Error} when it is no document.
 */
export const cutDocument = (document: unknown): Json => {
  if (!isObject(document)) throw new Error('GET /api/swagger.json answered no document');
  const { openapi = null, security = null } = document;
  const components = objectAt(document, 'components');
  const paths = Object.fromEntries(
    Object.entries(objectAt(document, 'paths')).filter(([path]) => path.startsWith(prefix)),
  );
  const schemas = schemasOf(paths, objectAt(components, 'schemas'));
  return withoutSentences({
    openapi,
    info: { title: 'Logto', version: objectAt(document, 'info')['version'] ?? null },
    security,
    paths,
    components: {
      securitySchemes: objectAt(components, 'securitySchemes'),
      ...(Object.keys(schemas).length > 0 && { schemas }),
    },
  });
};
