/**
 * Loaded into a command's process before anything else: at the n-th operation on a file of the state folder
 * (`FAULT_AT`) it ends the process with a signal or fails the operation as a full disk does (`FAULT`).
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env['FAULT_AT']);
const fault = process.env['FAULT'] ?? '';
const folder = process.env['XDG_STATE_HOME'] ?? '';

let operations = 0;
const strike = (): void => {
  operations += 1;
  if (operations !== at) return;
  if (fault === 'ENOSPC')
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  process.kill(process.pid, fault as NodeJS.Signals);
};

type Operation = (...args: unknown[]) => Promise<unknown>;
const operationsOf = fs as unknown as Record<string, Operation>;

for (const name of ['open', 'rename', 'rm', 'mkdir', 'link', 'writeFile', 'readFile', 'readdir', 'stat']) {
  const real = operationsOf[name] as Operation;
  operationsOf[name] = async (...args) => {
    if (String(args[0]).startsWith(folder)) strike();
    const result = await real(...args);
    if (name !== 'open' || !String(args[0]).startsWith(folder)) return result;
    const handle = result as Record<string, Operation>;
    for (const method of ['writeFile', 'sync', 'close']) {
      const own = (handle[method] as Operation).bind(handle);
      handle[method] = async (...rest) => {
        if (method !== 'close') strike();
        return own(...rest);
      };
    }
    return handle;
  };
}
syncBuiltinESMExports();
process.on('exit', () => {
  if (process.send === undefined) process.stderr.write(`file operations: ${operations}\n`);
});
