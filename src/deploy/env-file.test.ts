import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToEnvFile } from './env-file.ts';
import { folderWith } from './folder.test-helper.ts';

const fileWith = (text: string): string => join(folderWith({ '.env': text }), '.env');

test('adds what is missing, keeps every other line, and only the owner can read it', async () => {
  const file = fileWith('# mine\nA=1');
  chmodSync(file, 0o644);
  expect(await addToEnvFile(file, { A: '1', B: 'two words # no comment', C: '', D: "it's" })).toEqual([
    'B',
    'C',
    'D',
  ]);
  expect(readFileSync(file, 'utf8')).toBe("# mine\nA=1\nB='two words # no comment'\nC=\nD=\"it's\"\n");
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = statSync(file).ino;
  expect(await addToEnvFile(file, { A: '1' })).toEqual([]);
  expect(statSync(file).ino).toBe(before);
});

test('creates the file, and writes through a link', async () => {
  const folder = folderWith({ shared: 'A=1\n' });
  expect(await addToEnvFile(join(folder, '.env.new'), { A: '1' })).toEqual(['A']);
  expect(readFileSync(join(folder, '.env.new'), 'utf8')).toBe('A=1\n');
  symlinkSync('shared', join(folder, '.env'));
  await addToEnvFile(join(folder, '.env'), { B: '2' });
  expect(readFileSync(join(folder, 'shared'), 'utf8')).toBe('A=1\nB=2\n');
});

test('every value reads back exactly, or is refused by name and nothing is written', async () => {
  const file = fileWith('');
  const text = fc.string({ unit: fc.constantFrom(...'aé \t\n\r\\n$#=\'"`') });
  let written = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const name = `N${written}`;
      const before = parseEnv(readFileSync(file, 'utf8'));
      try {
        await addToEnvFile(file, { [name]: value });
        written += 1;
        expect(parseEnv(readFileSync(file, 'utf8'))).toEqual({ ...before, [name]: value });
      } catch (error) {
        refused += 1;
        expect(error).toMatchObject({
          name: 'ConfigError',
          message: expect.stringContaining(`value of ${name}: `),
        });
        expect(parseEnv(readFileSync(file, 'utf8'))).toEqual(before);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(written).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(10);
});

test.each([
  ['another value', 'A=old\n', { A: 'planted', B: 'planted' }, /already has another value for A\./],
  ['a name that is no name', '', { 'A\nB': 'planted' }, /cannot hold the value of A\nB/],
  ['an open quote before it', 'A="open\n', { B: 'a "planted" value' }, /a quote without its end/],
])('%s is an error that shows no value, and the file stays', async (_, before, values, message) => {
  const file = fileWith(before);
  const error = await addToEnvFile(file, values as Record<string, string>).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringMatching(message) });
  expect(String(error)).not.toContain('planted');
  expect(readFileSync(file, 'utf8')).toBe(before);
});
