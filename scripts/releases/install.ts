/** Installs what `scripts/releases/package.json` names, beside it, and at times a further release of Logto's guards. */
import { installBeside, npm } from '../install.ts';
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

/** Installs the releases of `installedReleases`, in some seconds. */
export const installReleases = (): Promise<void> => installBeside(import.meta.dirname, '--ignore-scripts');

/** As vitest's global setup. */
export default installReleases;

/**
 * Installs one more as `newest`. `package.json` and the lockfile stay as they are.
 *
 * @param version - of `@logto/schemas`, for example `1.43.0`, or `latest`, which is asked of the registry
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
