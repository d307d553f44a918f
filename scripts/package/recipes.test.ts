/** The recipes of scripts: each does what its samples say, with the packed package. */
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isNightly } from '../../contracts/nightly.ts';
import { createConsumer } from './consumer.test-helper.ts';
import { type Block, readBlocks, tested } from './guide.test-helper.ts';
import { root } from './pack.ts';

describe('docs/recipes.md', () => {
  const blocks = readBlocks('docs/recipes.md');
  const { folder, write, execute } = createConsumer();
  const shell = (command: string) => execute('sh', ['-c', command]);

  /** A script with the samples that follow it. */
  interface Recipe {
    name: string;
    script: Block;
    samples: Block[];
    since: string;
  }
  const recipes: Recipe[] = [];
  for (const block of blocks) {
    if (block.language === 'ts')
      recipes.push({
        name: `${block.section}, ${recipes.length + 1}`,
        script: block,
        samples: [],
        since: /From (1\.\d+) on, `context/.exec(block.prose)?.[1] ?? '1.28',
      });
    else if (block.language === 'json' && block.file?.endsWith('.sample.json'))
      recipes.at(-1)?.samples.push(block);
  }
  const [checking, running] = blocks.filter(({ language }) => language === 'sh');
  const fetching = recipes.find(({ script }) => script.code.includes('fetch('));

  const save = ({ script, samples }: Recipe): void => {
    rmSync(join(folder, 'claims'), { recursive: true, force: true });
    mkdirSync(join(folder, 'claims'));
    for (const { file = '', code } of [script, ...samples]) write(file, code);
  };

  beforeAll(async () => {
    expect((await shell(tested('npm install logto-jwt-customizer acorn amaro eslint-scope'))).code).toBe(0);
  }, 180_000);

  test('has recipes of every section that the index promises', () => {
    expect(recipes.map(({ script, samples, since }) => [script.section, samples.length, since])).toEqual([
      ['Roles and scopes', 1, '1.28'],
      ['Organization data', 1, '1.41'],
      ['Values from an API', 1, '1.28'],
      ['Deny by policy', 2, '1.28'],
      ['Claims by application', 1, '1.28'],
      ['Claims by application', 1, '1.37'],
    ]);
    for (const { samples } of recipes.filter((recipe) => recipe !== fetching))
      for (const { code } of samples) expect(JSON.parse(code)).toHaveProperty('expect');
  });

  test.each(recipes)('$name does what its samples say, on the releases that it names', async (recipe) => {
    save(recipe);
    for (const release of ['1.28', ...(isNightly ? ['1.36', '1.40'] : []), '1.42', '1.43']) {
      const { code, output } = await shell(checking?.code.replace('1.42', release) ?? '');
      if (Number(release.slice(2)) >= Number(recipe.since.slice(2)))
        expect([release, code, output]).toEqual([release, 0, '1 script: 0 errors, 0 warnings.\n']);
      else expect([release, code]).toEqual([release, 1]);
    }
  });

  test.each(['1.28', '1.42', '1.43'])(
    'an API that is slow, down or failing gives the fallback on %s',
    async (release) => {
      save(fetching as Recipe);
      /** What the API does with the next request. */
      let respond: 'in time' | 'never' | 'half' | 'with an error' = 'in time';
      const paths: (string | undefined)[] = [];
      const server = createServer(({ url }, response) => {
        paths.push(url);
        if (respond === 'never') return;
        if (respond === 'half') return response.writeHead(200).write('{"plan":');
        response.writeHead(respond === 'in time' ? 200 : 500).end('{"plan":"pro"}');
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      const sample = fetching?.samples[0];
      const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(sample?.code ?? '') ?? [];
      write(sample?.file ?? '', sample?.code.replace(origin, `http://127.0.0.1:${port}`) ?? '');
      const command = running?.code.replace('1.42', release) ?? '';
      const claims = async (): Promise<unknown> =>
        JSON.parse((await shell(command)).output.split(/^\d+ ms/m)[0] ?? '');
      const shown = JSON.parse(blocks.find(({ code }) => code.startsWith('{\n  "plan"'))?.code ?? '');
      expect(await claims()).toEqual({ plan: 'pro' });
      for (respond of ['never', 'half', 'with an error'] as const)
        expect([respond, await claims()]).toEqual([respond, shown]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      expect(await claims()).toEqual(shown);
      expect(paths).toEqual(Array(4).fill('/plans/ada'));
    },
  );

  test('its scripts compile as strict TypeScript', async () => {
    rmSync(join(folder, 'claims'), { recursive: true, force: true });
    const names = recipes.map(({ script }, index) => {
      write(`recipe-${index}.ts`, script.code);
      return `recipe-${index}.ts`;
    });
    const [, lib = ''] = /"lib": \[(.*?)\]/.exec(blocks.map(({ prose }) => prose).join('')) ?? [];
    expect(lib).not.toBe('');
    const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
    const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
    const args = [
      '--noEmit',
      ...strict,
      '--module',
      'nodenext',
      '--lib',
      lib.replaceAll(/[" ]/g, ''),
      '--types',
      '',
    ];
    expect(await execute('node', [tsc, ...args, ...names])).toEqual({ code: 0, output: '' });
  });

  test('every block was run', () => {
    const ran = [...recipes.flatMap(({ script, samples }) => [script, ...samples]), checking, running];
    const others = blocks.filter((block) => !ran.includes(block));
    expect(others.map(({ code }) => code)).toEqual(['{\n  "plan": "free"\n}\n']);
  });
}, 120_000);
