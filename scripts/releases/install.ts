/** Installs what `scripts/releases/package.json` names, beside it, and at times a further release of Logto's guards. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import manifest from './package.json' with { type: 'json' };

const aliasStart = 'logto-schemas-';

/** The releases whose guards are installed, oldest first: `1.30`, and the version of its package, `1.30.1`. */
export const installedReleases: readonly { release: string; version: string }[] = Object.entries(
  manifest.dependencies,
).flatMap(([alias, specifier]) =>
  alias.startsWith(aliasStart)
    ? [{ release: alias.slice(aliasStart.length), version: specifier.split('@').at(-1) ?? '' }]
    : [],
);

/** The package that holds the guards of a release, or of `newest`. */
export const packageOf = (release: string): string => `${aliasStart}${release}`;

const npm = async (...args: string[]): Promise<void> => {
  const { NODE_ENV: _, ...env } = process.env;
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await promisify(execFile)('npm', [...args, ...quiet], { cwd: import.meta.dirname, env });
};

/** Installs the releases of `installedReleases`, in some seconds. */
export const installReleases = (): Promise<void> =>
  npm(
    existsSync(join(import.meta.dirname, 'node_modules/.package-lock.json')) ? 'install' : 'ci',
    '--prefer-offline',
  );

/**
 * Installs one more as `newest`. `package.json` and the lockfile stay as they are.
 *
 * @param version - of `@logto/schemas`, for example `1.43.0`, or `latest`, which is asked of the registry
 */
export const installNewest = (version: string): Promise<void> =>
  npm('install', '--no-save', '--prefer-online', `${packageOf('newest')}@npm:@logto/schemas@${version}`);
