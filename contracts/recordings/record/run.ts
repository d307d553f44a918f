import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runContractCommand } from '../../conforming/command.ts';
import { type ConformingOptions, type Hook, serveTenant } from '../../conforming/index.ts';

export const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/**
 * Runs `contract --record` on a conforming tenant over HTTP.
 *
 * @param folder - for the recording; a new one by default, and only a new one is removed
 */
export const openRecording = async (
  options: ConformingOptions,
  { hook, folder: given }: { hook?: Hook; folder?: string } = {},
) => {
  const served = await serveTenant(options, hook);
  const { tenant } = served;
  const root = mkdtempSync(join(tmpdir(), 'record-'));
  const folder = given ?? join(root, 'recording');
  const state = join(root, 'state');
  const { id, secret } = tenant.clients.withoutRole;
  const env = { LOGTO_NO_ROLE_APP_ID: id, LOGTO_NO_ROLE_APP_SECRET: secret };
  const recording = ['--record', folder, '--release', options.release, '--allow-overwrite'];
  return {
    tenant,
    served,
    folder,
    state,
    /** Runs `contract --target tenant` with these arguments; by default, those that record. */
    contract: (args: readonly string[] = recording) =>
      runContractCommand({ served, state, args: [...args], env }),
    files: () => filesIn(folder),
    close: async () => {
      await served.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};

export type Recording = Awaited<ReturnType<typeof openRecording>>;
