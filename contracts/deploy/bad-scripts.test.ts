/** A push stops bad scripts before it writes, whatever the flags. `bad-scripts.txt` has what it prints. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { TokenType } from '../../src/tenant/index.ts';
import { createDeploy, old } from './deploy.test-helper.ts';

interface BadScript {
  /** The name of a line of the recordings, which has the script. */
  recorded?: string;
  name?: string;
  /** @default that of the token type, in JavaScript */
  file?: string;
  script?: string;
  /** @default 1.43 */
  release?: string;
}

interface RecordedScript {
  name: string;
  tokenType: TokenType;
  script: string;
}

const recorded: RecordedScript[] = ['scripts-1.43', 'more-scripts'].flatMap((name) =>
  readFileSync(`contracts/recordings/${name}.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line)),
);

const bad = (parse(readFileSync(new URL('./bad-scripts.yaml', import.meta.url), 'utf8')) as BadScript[]).map(
  ({ recorded: of, name = of ?? '', release = '1.43', ...others }) => {
    const found = recorded.find((line) => line.name === of);
    const { tokenType = 'access-token', script = '' } = found ?? (others as Partial<RecordedScript>);
    return {
      name,
      release,
      tokenType,
      file: `claims/${others.file ?? `${tokenType}.js`}`,
      // A mebibyte is more than one can read.
      script: script.replace('<filler>', 'x'.repeat(2 ** 20)),
    };
  },
);

const printed = new Map<string, string>();

const push = async ({ name, tokenType, file, script, release }: (typeof bad)[number]) => {
  const deploy = createDeploy();
  const before = { [tokenType]: { script: old[tokenType]['script'] } };
  await deploy.start({
    release,
    customizers: before as never,
    declared: { release, customizers: { [tokenType]: { script: file } }, files: { [file]: script } },
  });
  const { url, counts } = deploy.served;
  const { code, output } = await deploy.run(['push', '--yes', '--force']).ended;
  printed.set(name, output.replaceAll(url, 'http://tenant').replaceAll(deploy.folder, '.'));
  const { put, patch, delete: deleted } = counts;
  const result = {
    code,
    before,
    stored: deploy.tenant.customizers,
    files: deploy.files(),
    writes: put + patch + deleted,
  };
  await deploy.reset();
  return result;
};

test('there are twenty', () => {
  expect(bad).toHaveLength(20);
  expect(bad.filter(({ script }) => script === '')).toEqual([]);
});

test.concurrent.for(bad)('$name', async (script, { expect }) => {
  const { code, before, stored, files, writes } = await push(script);
  expect(stored).toEqual(before);
  expect(writes).toBe(0);
  expect(files).toEqual([]);
  expect(code).toBe(1);
});

test('the messages', async () => {
  const all = bad.map(({ name, release }) => `# ${name} (${release})\n\n${printed.get(name)}`);
  await expect(all.join('\n')).toMatchFileSnapshot('./bad-scripts.txt');
});
