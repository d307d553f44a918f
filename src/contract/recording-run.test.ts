import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RefusedRunError } from '../session/errors.ts';
import { listenWith } from './listen.test-helper.ts';
import { assertRecordable } from './recording-run.ts';
import { readDocument } from './recordings/index.ts';

const record = async (release = '1.43', secret = 'generated-by-logto-0123456789'): Promise<void> => {
  const endpoint = await listenWith(readDocument('1.43'));
  const client = { id: 'id', secret, resource: 'https://default.logto.app/api' };
  await assertRecordable({ endpoint, client }, { folder, release });
};

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'record-'));
  folder = join(root, 'recording');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a folder that does not exist yet is accepted', async () => {
  await record();
});

test.each([
  ['logto-1.43.jsonl', ''],
  ['logto-1.43.openapi.json', '{}'],
  ['conditional.jsonl', '{"release":"1.43","name":"HEAD"}\n'],
  ['token-endpoint.jsonl', '{"name":"granted","releases":["1.42","1.43"]}\n'],
])('a folder whose %s has that release is refused; one with another release is not', async (file, text) => {
  mkdirSync(folder);
  writeFileSync(join(folder, file), text);
  const recorded = record();
  await expect(recorded).rejects.toThrow(`has a recording of 1.43 (${file}), which is not overwritten`);
  writeFileSync(join(folder, file), text.replaceAll('1.43', '1.42'));
  const others = file.replace('1.43', '1.42');
  if (others !== file) renameSync(join(folder, file), join(folder, others));
  await record();
});

test('a folder that is a file is refused', async () => {
  writeFileSync(folder, '');
  const recorded = record();
  await expect(recorded).rejects.toThrow(new RefusedRunError(`cannot write to ${folder}: EEXIST`));
});

test.each([
  ['1.42', 'has the fields added in 1.43'],
  ['1.28', 'has the fields added in 1.29'],
])('a tenant of 1.43 is not %s', async (release, reason) => {
  const recorded = record(release);
  await expect(recorded).rejects.toThrow(`is not Logto ${release}: its document ${reason}`);
});

test.each(['script', 'environmentVariables', 'x7Kq9a'])(
  'a secret that could not be redacted in what is published is refused: %s',
  async (secret) => {
    const recorded = record('1.43', secret);
    await expect(recorded).rejects.toThrow(
      'recordings are published, but LOGTO_APP_SECRET is too short or too common a word to redact',
    );
  },
);
