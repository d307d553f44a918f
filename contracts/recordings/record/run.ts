import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Run, runContractCommand } from '../../conforming/command.ts';
import {
  type ConformingOptions,
  type ConformingTenant,
  type Hook,
  type Served,
  serveTenant,
} from '../../conforming/index.ts';

/** A conforming tenant over HTTP, and `contract --record` on it, as people call it. */
export interface Recording {
  tenant: ConformingTenant;
  served: Served;
  /** The folder for the recording. */
  folder: string;
  /** The folder that stands for the user's state folder. */
  state: string;
  /** `contract --target tenant` with these arguments, or with those that record. */
  contract(args?: readonly string[]): Run;
  /** The recording's files, by name. */
  files(): Record<string, string>;
  close(): Promise<void>;
}

export const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/** @param folder A new one by default; only that is removed. */
export const openRecording = async (
  options: ConformingOptions,
  { hook, folder: given }: { hook?: Hook; folder?: string } = {},
): Promise<Recording> => {
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
    contract: (args = recording) => runContractCommand({ served, state, args: [...args], env }),
    files: () => filesIn(folder),
    close: async () => {
      await served.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
