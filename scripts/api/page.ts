import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Application,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
} from 'typedoc';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { copyDeclarations, readEntries } from './declarations.ts';

const introduction = `<!-- Made by \`npm run regenerate\` from the types. Do not edit. -->

# The client's API

All exports of \`logto-jwt-customizer\`; those of the other entries are in [api/](api/). A test runs each example, after
these lines, on a tenant with a customizer of each token type:

\`\`\`js
import { createJwtCustomizerClient } from 'logto-jwt-customizer';

const { LOGTO_ENDPOINT = '', LOGTO_APP_ID = '', LOGTO_APP_SECRET = '' } = process.env;
const customizers = createJwtCustomizerClient({
  endpoint: LOGTO_ENDPOINT,
  clientId: LOGTO_APP_ID,
  clientSecret: LOGTO_APP_SECRET,
});
\`\`\`
`;

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
}

const schemas = openapi.components.schemas as Record<string, Schema>;
const nameOf = ({ $ref = '' }: Schema): string => $ref.slice($ref.lastIndexOf('/') + 1);
const linkTo = (name: string): string => `[${name}](../spec/schemas/${name}.yaml)`;
/** A schema, or all properties of its variants. */
const merged = (schema: Schema): Schema => {
  const variants = (schema.anyOf ?? schema.oneOf ?? []).map((variant) => schemas[nameOf(variant)] ?? variant);
  const required = variants[0]?.required?.filter((key) =>
    variants.every((one) => one.required?.includes(key)),
  );
  return variants.length === 0
    ? schema
    : {
        properties: Object.assign({}, ...variants.toReversed().map(({ properties }) => properties)),
        required: required ?? [],
      };
};

const field = ([key, schema]: [string, Schema], required: readonly string[]): string => {
  const name = nameOf(schema);
  const { type, enum: values, description = '' } = schemas[name] ?? schema;
  const types = values?.map((value) => JSON.stringify(value)) ?? [type ?? 'object'].flat();
  const text = `${description.trim().replaceAll('*/', '* /')}${name && `\n\nSee ${linkTo(name)}.`}`;
  return `/** ${text.trim()} */ ${JSON.stringify(key)}${required.includes(key) ? '' : '?'}: ${types.join(' | ')};`;
};

/**
 * Replaces each of the document's types by an interface of its fields that links to the document. Otherwise TypeDoc would
 * expand the types, some hundred lines each, wherever a method takes or returns one.
 */
const documentTypes = (): string => {
  const types = Object.entries(schemas).map(([name, schema]) => {
    const literals = schema.enum?.map((value) => JSON.stringify(value));
    const { properties = {}, required = [] } = merged(schema);
    const fields = Object.entries(properties).map((property) => field(property, required));
    return `/** In the document: ${linkTo(name)}. */
export ${literals ? `type ${name} = ${literals.join(' | ')};` : `interface ${name} { ${fields.join('\n')} }`}`;
  });
  return ['export type paths = object;', ...types].join('\n');
};

/** Treats functions that are declared as constants as functions. */
const asFunctions = (declarations: string): string =>
  declarations.replace(/\s*\*\/\nexport declare const \w+: (<.*?>)?\(/g, '\n@function $&');

/**
 * Removes constructors of the client's errors, which users do not call, and members that are inherited from another part
 * of the API, which are documented there. Members inherited from elsewhere are shown as if they were declared here.
 */
const withoutNoise = (app: Application): void => {
  const membersOf = (project: ProjectReflection): DeclarationReflection[] =>
    project.getReflectionsByKind(
      ReflectionKind.Constructor | ReflectionKind.Property | ReflectionKind.Method | ReflectionKind.Accessor,
    ) as DeclarationReflection[];
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const member of membersOf(project)) {
      const [parent = ''] = member.inheritedFrom?.name.split('.') ?? [];
      const isElsewhere =
        (member.flags.isExternal && member.inheritedFrom !== undefined) ||
        project.getChildByName([parent]) !== undefined;
      if (member.kind === ReflectionKind.Constructor || isElsewhere) project.removeReflection(member);
    }
  });
  const afterPlugins = -1000;
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      for (const member of membersOf(project)) {
        delete member.inheritedFrom;
        for (const signature of member.signatures ?? []) delete signature.inheritedFrom;
      }
    },
    afterPlugins,
  );
};

/**
 * Generates the page of the client's API with TypeDoc.
 *
 * @returns the text of `docs/api.md`
 * @throws {Error} if a doc comment has a broken link, or a type that the API uses is not exported
 */
export const makePage = async (): Promise<string> => {
  const { folder, installed, remove } = await copyDeclarations(asFunctions);
  try {
    await writeFile(join(installed, 'dist/generated/types.d.ts'), documentTypes());
    const client = (await readEntries()).find(({ subpath }) => subpath === '.');
    if (client === undefined) throw new Error('the package has no entry "."');
    const entryPoint = join(folder, client.types);
    const tsconfig = join(folder, 'tsconfig.json');
    await writeFile(
      tsconfig,
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2023'],
          strict: true,
          noEmit: true,
        },
        files: [entryPoint],
      }),
    );
    const app = await Application.bootstrapWithPlugins({
      entryPoints: [entryPoint],
      tsconfig,
      plugin: ['typedoc-plugin-markdown'],
      readme: 'none',
      // The build checked the types; the replaced ones are incompatible in places.
      skipErrorChecking: true,
      disableGit: true,
      disableSources: true,
      excludeInternal: true,
      sort: ['source-order'],
      groupOrder: ['Functions', 'Interfaces', 'Classes', 'Type Aliases'],
      outputs: [{ name: 'markdown', path: join(folder, 'page') }],
      // Options of the plugin.
      ...{
        outputFileStrategy: 'modules',
        entryFileName: 'api.md',
        hidePageHeader: true,
        hidePageTitle: true,
        hideBreadcrumbs: true,
        useCodeBlocks: true,
        parametersFormat: 'table',
        interfacePropertiesFormat: 'table',
        classPropertiesFormat: 'table',
        typeDeclarationFormat: 'table',
      },
      logLevel: 'Warn',
      treatWarningsAsErrors: true,
    });
    withoutNoise(app);
    const project = await app.convert();
    if (project === undefined)
      throw new Error('TypeDoc could not read the declarations; its errors are above');
    // The methods come first.
    for (const { children } of project.groups ?? []) {
      const client = children.findIndex(({ name }) => name === 'JwtCustomizerClient');
      if (client > 0) children.unshift(...children.splice(client, 1));
    }
    app.validate(project);
    await app.generateOutputs(project);
    if (app.logger.hasErrors() || app.logger.hasWarnings())
      throw new Error('TypeDoc found errors in the doc comments, listed above');
    const page = await readFile(join(folder, 'page/api.md'), 'utf8');
    return `${introduction}\n${page.trim()}\n`;
  } finally {
    await remove();
  }
};
