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

Everything that \`logto-jwt-customizer\` exports. What the other entries export is listed in [api/](api/). A test runs
each example, after these lines, on a tenant that has a customizer of each kind:

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

/**
 * In place of each of the document's types, an opaque interface that links to the document: resolved, they would be
 * written out, some hundred lines each, wherever a method takes or returns one.
 */
const documentTypes = (): string => {
  const types = Object.entries<object>(openapi.components.schemas).map(([name, schema]) => {
    const { enum: values } = schema as { enum?: string[] };
    const literals = values?.map((value) => JSON.stringify(value));
    return `/** As the document says: [${name}](../spec/schemas/${name}.yaml). */
export ${literals ? `type ${name} = ${literals.join(' | ')};` : `interface ${name} {}`}`;
  });
  return ['export type paths = object;', ...types].join('\n');
};

/** Declared as a constant, a function is a function all the same. */
const asFunctions = (declarations: string): string =>
  declarations.replace(/\s*\*\/\nexport declare const \w+: (<.*?>)?\(/g, '\n@function $&');

/**
 * Nobody constructs the client's errors, and what is inherited from another part of the API stands there. What comes
 * from elsewhere stands where it is inherited, and is told as if it were declared there.
 */
const withoutNoise = (app: Application): void => {
  const membersOf = (project: ProjectReflection): DeclarationReflection[] =>
    project.getReflectionsByKind(
      ReflectionKind.Constructor | ReflectionKind.Property | ReflectionKind.Method | ReflectionKind.Accessor,
    ) as DeclarationReflection[];
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const member of membersOf(project)) {
      const [parent = ''] = member.inheritedFrom?.name.split('.') ?? [];
      const isElsewhere = member.flags.isExternal || project.getChildByName([parent]) !== undefined;
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
 * The page of the client's API, as TypeDoc writes it.
 *
 * @returns the text of `docs/api.md`
 * @throws {Error} when a doc comment links to nothing, or a type that the API names is not exported
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
      // The build checked the types; the opaque ones fit less.
      skipErrorChecking: true,
      disableGit: true,
      disableSources: true,
      excludeInternal: true,
      sort: ['source-order'],
      groupOrder: ['Functions', 'Interfaces', 'Type Aliases', 'Classes'],
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
      },
      logLevel: 'Warn',
      treatWarningsAsErrors: true,
    });
    withoutNoise(app);
    const project = await app.convert();
    if (project === undefined)
      throw new Error('TypeDoc could not read the declarations; what it said is above');
    app.validate(project);
    await app.generateOutputs(project);
    if (app.logger.hasErrors() || app.logger.hasWarnings())
      throw new Error('TypeDoc found what is wrong in the doc comments; what it said is above');
    const page = await readFile(join(folder, 'page/api.md'), 'utf8');
    return `${introduction}\n${page.trim()}\n`;
  } finally {
    await remove();
  }
};
