import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../contract/json.ts';

/** One change of `redocly diff --format json` (@redocly/cli 2.72.0 to 2.77.0). */
export interface Change {
  /** JSON Pointer into the revision, as a fragment; for removals, into the base. */
  path: string;
  kind: 'added' | 'removed' | 'modified';
  /** `major` breaks clients. */
  impact: 'major' | 'minor' | 'patch';
  verdicts: { message: string }[];
  /** What was modified; `key` means the name itself. */
  property?: string;
  base?: { pointer: string; value?: Json };
  revision?: { pointer: string; value?: Json };
}

export const redoclyName = '@redocly/cli';

/**
 * Finds the changes between two documents. Redocly runs in a separate folder with our configuration; it neither sends
 * telemetry nor checks for updates.
 *
 * @throws {Error} if it writes no result.
 */
export const changesBetween = async (base: Json, revision: Json): Promise<Change[]> => {
  const manifest = createRequire(import.meta.url).resolve(`${redoclyName}/package.json`);
  const cwd = await mkdtemp(join(tmpdir(), 'drift-'));
  try {
    await writeFile(join(cwd, 'base.json'), JSON.stringify(base));
    await writeFile(join(cwd, 'revision.json'), JSON.stringify(revision));
    await writeFile(join(cwd, 'redocly.yaml'), 'extends: [diff-recommended]\n');
    const options = ['--config', 'redocly.yaml', '--format', 'json', '--output', 'diff.json'];
    const args = [join(manifest, '../bin/cli.js'), 'diff', 'base.json', 'revision.json', ...options];
    // `REDOCLY_CLI_DIFF_…` would be an option.
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('REDOCLY')));
    const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const ended = promisify(execFile)(process.execPath, args, { cwd, env: { ...env, ...quiet } });
    const { stderr } = await ended.catch((error: { stderr: string }) => error);
    const text = await readFile(join(cwd, 'diff.json'), 'utf8').catch(() => '{}');
    const { summary, changes = [] } = JSON.parse(text) as { summary?: { major: number }; changes?: Change[] };
    // If the summary does not match the changes, the format is unknown.
    if (summary?.major === changes.filter(({ impact }) => impact === 'major').length) return changes;
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    throw new Error(`${redoclyName} ${version} gave no result (diff came with 2.72): ${stderr.trim()}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
};
