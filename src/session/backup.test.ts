import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Backup, backupPath, loadBackup, removeBackup, saveBackup } from './backup.ts';

const backup: Backup = {
  endpoint: 'https://tenant.example.com',
  savedAt: '2026-11-23T00:00:00.000Z',
  customizers: { 'access-token': '{"script":"// \\u2028 one\\r\\n"}', 'client-credentials': null },
};

let state: string;
let path: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'state-'));
  path = backupPath(backup.endpoint, { XDG_STATE_HOME: state });
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

test('a saved backup is read back unchanged', async () => {
  await saveBackup(path, backup);
  expect(await loadBackup(path, backup.endpoint)).toEqual(backup);
});

test('only its owner can read it, and nothing else is left in the folder', async () => {
  await saveBackup(path, backup);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(readdirSync(dirname(path))).toHaveLength(1);
});

test('each tenant has its own file, whose name does not reveal the tenant', () => {
  const other = backupPath('https://other.example.com', { XDG_STATE_HOME: state });
  expect(other).not.toBe(path);
  expect(path).not.toContain('tenant.example');
});

test.each(['', 'relative/folder', '.'])('XDG_STATE_HOME=%j counts as unset', (XDG_STATE_HOME) => {
  expect(backupPath(backup.endpoint, { XDG_STATE_HOME })).toBe(backupPath(backup.endpoint, {}));
});

test('there is none before it is saved and after it is removed', async () => {
  expect(await loadBackup(path, backup.endpoint)).toBeUndefined();
  await saveBackup(path, backup);
  await removeBackup(path);
  expect(await loadBackup(path, backup.endpoint)).toBeUndefined();
});

test.each(['', '{"endpoint": "https://tena', '[]', '{"endpoint": 1}'])(
  'a file that is not a backup (%j) leads to an error with its path and without its content',
  async (text) => {
    await saveBackup(path, backup);
    writeFileSync(path, text);
    await expect(loadBackup(path, backup.endpoint)).rejects.toThrow(`${path} should be the backup`);
  },
);

test('a folder that is not writable leaves the old backup complete', async () => {
  await saveBackup(path, backup);
  const blocked = join(dirname(path), 'file', 'backup.json');
  writeFileSync(join(dirname(path), 'file'), '');
  chmodSync(join(dirname(path), 'file'), 0o400);
  await expect(saveBackup(blocked, backup)).rejects.toThrow();
  expect(await loadBackup(path, backup.endpoint)).toEqual(backup);
});

test('a folder that cannot be created has no backup, and the error names what to set', async () => {
  writeFileSync(join(state, 'file'), '');
  const blocked = backupPath(backup.endpoint, { XDG_STATE_HOME: join(state, 'file') });
  expect(await loadBackup(blocked, backup.endpoint)).toBeUndefined();
  await expect(saveBackup(blocked, backup)).rejects.toMatchObject({
    name: 'RefusedRunError',
    message: expect.stringMatching(/cannot be created \(ENOTDIR\)\. Set XDG_STATE_HOME/),
  });
});
