import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Ended, executeIn, withoutTools } from '../execute.test-helper.ts';
import { temporaryFolder } from '../temporary.test-helper.ts';
import { root } from './pack.ts';

/** The folder of the Node that `npm ci` installs. */
export const toolsNode = join(root, 'node_modules/node/bin');

export interface ExecuteOptions {
  env?: Record<string, string>;
  /** The folder whose `node` comes first on PATH. */
  node?: 'tools' | 'machine';
}

/** A separate project in an empty folder outside the repository, which is removed after the tests. */
export const createConsumer = () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('package.json', '{"private": true, "type": "module"}');

  const execute = (
    file: string,
    args: readonly string[],
    { env = {}, node = 'tools' }: ExecuteOptions = {},
  ): Promise<Ended> => {
    const path = node === 'tools' ? `${toolsNode}${delimiter}${withoutTools}` : withoutTools;
    return executeIn(folder, file, args, { PATH: path, ...env });
  };

  return {
    folder,
    write,
    execute,
    /** Runs `npm install` with these packages. */
    install: async (...packages: string[]): Promise<void> => {
      const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
      const { code, output } = await execute('npm', [...args, ...packages]);
      if (code !== 0) throw new Error(output);
    },
  };
};
