/** Installs the dependencies of `scripts/releases/package.json`, and on request one more release of Logto's guards. */
import { installBeside, npm } from '../install.ts';
import manifest from './package.json' with { type: 'json' };

const aliasStart = 'logto-schemas-';

/** The releases whose guards are installed, oldest first, for example `1.30` with the package version `1.30.1`. */
export const installedReleases: readonly { release: string; version: string }[] = Object.entries(
  manifest.dependencies,
).flatMap(([alias, specifier]) =>
  alias.startsWith(aliasStart)
    ? [{ release: alias.slice(aliasStart.length), version: specifier.split('@').at(-1) ?? '' }]
    : [],
);

/** The package with the guards of a release, or of `newest`. */
export const packageOf = (release: string): string => `${aliasStart}${release}`;

/** Installs the releases of `installedReleases`, which takes some seconds. */
export const installReleases = (): Promise<void> => installBeside(import.meta.dirname, '--ignore-scripts');

/** Vitest's global setup. */
export default installReleases;

/**
 * Installs one more as `newest`, without changing `package.json` and the lockfile.
 *
 * @param version - of `@logto/schemas`, for example `1.43.0`, or `latest`, which the registry resolves
 */
export const installNewest = (version: string): Promise<void> =>
  npm(
    import.meta.dirname,
    'install',
    '--no-save',
    '--prefer-online',
    '--ignore-scripts',
    `${packageOf('newest')}@npm:@logto/schemas@${version}`,
  );
