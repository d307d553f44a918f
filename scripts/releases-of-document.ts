/**
 * The newest release of Logto that the document describes.
 *
 * @param document - the document, in which `x-logto-since` marks what a release added
 * @param others - releases that were recorded, or whose guards were tested: a release may add no field
 */
export const newestReleaseOf = (document: unknown, others: readonly string[]): string => {
  const releases = [...others];
  JSON.stringify(document, (key, value) => {
    if (key === 'x-logto-since') releases.push(value);
    if (key === 'x-logto-since-values') releases.push(...Object.values<string>(value));
    return value;
  });
  const minor = (release: string): number => Number(release.split('.')[1]);
  return releases.reduce((newest, release) => (minor(release) > minor(newest) ? release : newest));
};

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-logto-since'?: string;
}

type Schemas = Record<string, Schema>;

const variants = ['AccessTokenJwtCustomizer', 'ClientCredentialsJwtCustomizer'];

/** JSON Pointers below `schema` of the fields with `x-logto-since`; `*` matches any index or key. */
const visit = (schema: Schema, schemas: Schemas, pointer: string): string[] => {
  const { $ref, properties = {}, items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  if ($ref !== undefined) return visit(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, schemas, pointer);
  return [
    ...Object.entries(properties).flatMap(([name, property]) => {
      const at = `${pointer}/${name}`;
      return property['x-logto-since'] === undefined
        ? visit(property, schemas, at)
        : [at, ...visit(property, schemas, at)];
    }),
    ...(items === undefined ? [] : visit(items, schemas, `${pointer}/*`)),
    ...(typeof additionalProperties === 'object' ? visit(additionalProperties, schemas, `${pointer}/*`) : []),
    ...[...anyOf, ...oneOf].flatMap((branch) => visit(branch, schemas, pointer)),
  ];
};

/** The files that list the fields of samples that not every release has. Older releases silently drop them. */
export const makeLaterFields = (
  document: { components: { schemas: Schemas } },
  banner: string,
): Record<string, string> => {
  const { schemas } = document.components;
  const pointers = variants.flatMap((name) => visit(schemas[name] ?? {}, schemas, ''));
  const dropped = [...new Set(pointers)].filter((pointer) => pointer.startsWith('/contextSample/')).sort();
  return {
    'later-fields.js': `${banner}export const laterFields = ${JSON.stringify(dropped, null, 2)};\n`,
    'later-fields.d.ts': `${banner}/** JSON Pointers into a customizer, \`*\` for any index or key. */\nexport declare const laterFields: readonly string[];\n`,
  };
};
