import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RefusedRunError } from '../session/errors.ts';
import { assertRecordable } from './recording-run.ts';
import { readDocument } from './recordings/index.ts';

let server: Server;
let endpoint: string;
beforeAll(async () => {
  server = createServer((_, response) => response.end(readDocument('1.43')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const sender = (secret = 'generated-by-logto-0123456789') => ({
  endpoint,
  client: { id: 'id', secret, resource: 'https://default.logto.app/api' },
});

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'record-'));
  folder = join(root, 'recording');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a folder that is not there yet', async () => {
  await assertRecordable(sender(), { folder, release: '1.43' });
});

test.each([
  ['logto-1.43.jsonl', ''],
  ['logto-1.43.openapi.json', '{}'],
  ['conditional.jsonl', '{"release":"1.43","name":"HEAD"}\n'],
  ['token-endpoint.jsonl', '{"name":"granted","releases":["1.42","1.43"]}\n'],
])('a folder whose %s has that release is refused, and one that has another is not', async (file, text) => {
  mkdirSync(folder);
  writeFileSync(join(folder, file), text);
  const recorded = assertRecordable(sender(), { folder, release: '1.43' });
  await expect(recorded).rejects.toThrow(`has a recording of 1.43 (${file}), which is not overwritten`);
  writeFileSync(join(folder, file), text.replaceAll('1.43', '1.42'));
  const others = file.replace('1.43', '1.42');
  if (others !== file) renameSync(join(folder, file), join(folder, others));
  await assertRecordable(sender(), { folder, release: '1.43' });
});

test('a folder that is a file is refused', async () => {
  writeFileSync(folder, '');
  const recorded = assertRecordable(sender(), { folder, release: '1.43' });
  await expect(recorded).rejects.toThrow(new RefusedRunError(`cannot write to ${folder}: EEXIST`));
});

test.each([
  ['1.42', 'has the fields that came with 1.43'],
  ['1.28', 'has the fields that came with 1.29'],
])('a tenant of 1.43 is no %s', async (release, reason) => {
  const recorded = assertRecordable(sender(), { folder, release });
  await expect(recorded).rejects.toThrow(`is no Logto ${release}: its document ${reason}`);
});

test.each(['script', 'environmentVariables', 'x7Kq9a'])(
  'a secret that could not be taken out of what is published is refused: %s',
  async (secret) => {
    const recorded = assertRecordable(sender(secret), { folder, release: '1.43' });
    await expect(recorded).rejects.toThrow(
      'a recording is published, and LOGTO_APP_SECRET is too short, or a word of the cases',
    );
  },
);
