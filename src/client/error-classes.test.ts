import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as client from './index.ts';

const details = {
  method: 'GET',
  path: '/x',
  status: 500,
  code: 'c',
  requestId: 'r',
  cause: new Error('why'),
};

describe('every error', () => {
  const classes = Object.values(client).filter(
    (value): value is typeof client.LogtoJwtCustomizerError =>
      typeof value === 'function' && value.prototype instanceof client.LogtoJwtCustomizerError,
  );

  test('there are some', () => {
    expect(classes.length).toBeGreaterThan(12);
  });

  test.each(classes)('$name is one of a hierarchy, by class and by guard, and has its name', (Class) => {
    const error = Object.create(Class.prototype) as client.LogtoJwtCustomizerError;
    expect(error).toBeInstanceOf(client.LogtoJwtCustomizerError);
    expect(error).toBeInstanceOf(Error);
    expect(client.isLogtoJwtCustomizerError(error)).toBe(true);
    expect(error.name).toBe(Class.name);
  });

  test('has the known details of the exchange, also in its JSON', () => {
    const error = new client.RequestRefusedError('no', {
      ...details,
      issues: [{ pointer: '/a', message: 'm' }],
    });
    const { cause, ...fields } = details;
    expect(error).toMatchObject(fields);
    expect(error.cause).toBe(cause);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'RequestRefusedError',
      message: 'no',
      issues: [{ pointer: '/a', message: 'm' }],
      ...fields,
    });
  });

  test('has a cause in its JSON if the cause is one of these errors', () => {
    const cause = new client.RequestRefusedError('no', { status: 500 });
    const error = new client.OutcomeUnknownError('perhaps', { cause });
    expect(JSON.parse(JSON.stringify(error)).cause).toMatchObject({
      name: 'RequestRefusedError',
      status: 500,
    });
  });
});

test.each([[undefined], [null], ['text'], [new Error('x')], [{ name: 'NetworkError' }]])(
  'the guard refuses %j',
  (value) => {
    expect(client.isLogtoJwtCustomizerError(value)).toBe(false);
  },
);

test('the guard knows the errors of another copy of the package, where instanceof does not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('src/client', join(folder, 'src/client'), { recursive: true });
  cpSync('generated', join(folder, 'generated'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const code = `
    import { NetworkError } from ${JSON.stringify(pathToFileURL(join(folder, 'src/client/index.ts')).href)};
    import { isLogtoJwtCustomizerError, LogtoJwtCustomizerError } from ${JSON.stringify(pathToFileURL('src/client/index.ts').href)};
    const error = new NetworkError('cut', {});
    console.log(isLogtoJwtCustomizerError(error), error instanceof LogtoJwtCustomizerError);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('true false\n');
});
