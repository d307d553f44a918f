/** The check of the document fails for each error that it should detect. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from './temporary.test-helper.ts';

const root = resolve(import.meta.dirname, '..');
const folder = temporaryFolder();

const lint = (): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/redocly'),
    ['lint', join(folder, 'openapi.yaml'), '--config', join(root, 'scripts/redocly.yaml')],
    { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off' } },
  );
  return { status, output: stdout + stderr };
};

const edit = (path: string, from: string | RegExp, to: string): void => {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} has no ${String(from)}`);
  writeFileSync(join(folder, path), after);
};

describe('the lint', () => {
  beforeEach(() => {
    for (const path of ['openapi.yaml', 'spec'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
  });

  test('passes for the document, without warnings', () => {
    const { status, output } = lint();
    expect(output).not.toMatch(/warning/i);
    expect(status).toBe(0);
  });

  test.each([
    ['a request example', 'spec/examples/requests/access-token-every-field.yaml', /PLAN: pro/, 'PLAN: 1'],
    [
      'a response example',
      'spec/examples/responses/access-token-every-field.yaml',
      /kind: .*/,
      'kind: Other',
    ],
    ['an error example', 'spec/examples/responses/missing-script.yaml', /code: guard.*/, 'code: other'],
    ['a text example', 'spec/examples/responses/body-too-large.yaml', /value: .*/, 'value: Gone'],
  ])('fails for %s that its schema refuses', (_, path, from, to) => {
    edit(path, from, to);
    expect(lint().status).toBe(1);
  });

  test('fails for an unused schema', () => {
    edit('openapi.yaml', 'components:\n', 'components:\n  schemas:\n    Unused:\n      type: string\n');
    expect(lint().output).toContain('no-unused-components');
  });
});
