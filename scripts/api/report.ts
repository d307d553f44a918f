import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { copyDeclarations, type Entry, readEntries } from './declarations.ts';

const nameOf = ({ subpath }: Entry): string =>
  subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-');

const configOf = (folder: string, entry: Entry): ExtractorConfig => {
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, entry.types),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'nodenext',
            target: 'es2023',
            lib: ['es2023'],
            types: ['node'],
            strict: true,
            exactOptionalPropertyTypes: true,
            skipLibCheck: true,
          },
          files: [join(folder, entry.types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: join(folder, 'reports'),
        reportTempFolder: join(folder, 'temp'),
        reportFileName: `${nameOf(entry)}.api.md`,
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
};

/**
 * Generates the report of each typed entry's public API with API Extractor.
 *
 * @returns the reports by path in the repository, for example `docs/api/raw.api.md`
 * @throws {Error} when the declarations do not compile
 */
export const makeReports = async (): Promise<Record<string, string>> => {
  const { folder, remove } = await copyDeclarations();
  try {
    await mkdir(join(folder, 'reports'));
    const entries = (await readEntries()).map((entry) => ({ entry, config: configOf(folder, entry) }));
    const [first, ...others] = entries.map(({ config }) => config);
    if (first === undefined) throw new Error('the package has no entry with types');
    const compilerState = CompilerState.create(first, {
      additionalEntryPoints: others.map((config) => config.mainEntryPointFilePath),
    });
    const reports: Record<string, string> = {};
    for (const { entry, config } of entries) {
      const faults: string[] = [];
      const { succeeded } = Extractor.invoke(config, {
        compilerState,
        localBuild: true,
        messageCallback: (message) => {
          message.handled = true;
          if (message.logLevel === ExtractorLogLevel.Error) faults.push(message.text);
        },
      });
      if (!succeeded)
        throw new Error(`could not create the API report of ${entry.subpath}: ${faults.join('\n')}`);
      reports[`docs/api/${nameOf(entry)}.api.md`] = await readFile(config.reportFilePath, 'utf8');
    }
    return reports;
  } finally {
    await remove();
  }
};
