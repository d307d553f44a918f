/** The guides of claims as code: their blocks run in order, with the packed package, as a reader types them. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createJwtCustomizerClient } from '../../src/client/index.ts';
import { freePort } from '../free-port.ts';
import { temporaryFolder } from '../temporary.test-helper.ts';
import { toolsNode } from './consumer.test-helper.ts';
import { type Block, openTerminal, readBlocks, tested } from './guide.test-helper.ts';
import { root } from './pack.ts';

/** Without what differs from run to run: times, the hash of the endpoint, ids. */
const normalize = (output: string): string =>
  output
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\b\d+ ms\b/g, 'N ms')
    .replaceAll(/\S*\/logto-jwt-customizer\/[0-9a-f]{16}/g, 'STATE')
    .replaceAll(/\b(commit|version|by logto-jwt-customizer) [\w.-]+/g, '$1 X')
    .trim();

/** What a page shows; a line `…` stands for lines that it leaves out. */
const shownAs = (output: string): RegExp => {
  const parts = normalize(output).split(/^…$/m);
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('[^]*?')}$`);
};

/** Starts the mock of a command, and stops it after the test. */
const startMock = async (folder: string, command: string): Promise<void> => {
  const [, args = ''] = /^npx logto-jwt-customizer (mock .*)$/m.exec(command) ?? [];
  const file = join(folder, 'node_modules/logto-jwt-customizer/dist/src/cli/main.js');
  const child = spawn(join(toolsNode, 'node'), [file, ...args.split(' ')], { cwd: folder });
  onTestFinished(() => void child.kill());
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the mock did not start')));
  });
};

type Terminal = ReturnType<typeof openTerminal>;

/** Runs a block: saves a file, or types commands and `y` at each prompt. */
const follow = async (
  terminal: Terminal,
  { language, code, file, output }: Block,
  change: (text: string) => string = (text) => text,
): Promise<string> => {
  if (language !== 'sh') {
    terminal.write(file ?? '', change(code));
    return '';
  }
  const asks = /logto-jwt-customizer (push|rollback)(?!.*--yes)/.test(code) || output?.includes('[y/N] y');
  const typed = await terminal.type(tested(change(code)), asks ? 'y' : undefined);
  const differs = / (diff|status)\n$/.test(code);
  expect([code, typed.output, typed.code]).toEqual([code, expect.anything(), differs ? 1 : 0]);
  return typed.output;
};

test('docs/first-claim.md leads to a deployed claim', async () => {
  const folder = temporaryFolder();
  const port = String(await freePort());
  const terminal = openTerminal(folder, { XDG_STATE_HOME: join(folder, 'state') });
  const here = (text: string): string => text.replaceAll('4010', port);
  const outputs: string[] = [];
  for (const block of readBlocks('docs/first-claim.md')) {
    if (block.language === '') continue;
    if (block.code.includes('logto-jwt-customizer mock')) {
      await startMock(terminal.cwd(), here(block.code));
      continue;
    }
    const output = await follow(terminal, block, here);
    if (block.output !== undefined)
      expect.soft(normalize(output.replaceAll(port, '4010'))).toMatch(shownAs(block.output));
    outputs.push(output);
  }
  expect(outputs.filter((output) => output.includes("tier: 'gold'"))).toHaveLength(1);
  expect(outputs.at(-1)).toMatch(/^production +access-token differs/m);
  // What the guide says of the test of `init`.
  expect((await terminal.type('npx vitest run')).code).toBe(1);
  const file = 'claims/access-token.test.ts';
  terminal.write(file, terminal.read(file).replace(/(toEqual\(\{.*) \}/, "$1, tier: 'free' }"));
  expect((await terminal.type('npx vitest run')).code).toBe(0);
}, 300_000);

describe('docs/deploy.md', () => {
  const folder = temporaryFolder();
  const blocks = readBlocks('docs/deploy.md');
  const inSection = (name: string): Block[] =>
    blocks.filter(({ section, language }) => section === name && language !== '');
  const env = { XDG_STATE_HOME: join(folder, 'state') };

  /** A repository with the packages of the first block, and jose for the mock that stands for the tenants. */
  const openRepository = async (name: string): Promise<Terminal> => {
    mkdirSync(join(folder, name));
    const terminal = openTerminal(join(folder, name), env);
    terminal.write('package.json', '{ "private": true }');
    terminal.write('.gitignore', 'node_modules\n.typed.sh\n.cwd\n*.seed.json\n');
    const git = 'git init --quiet && git config user.name A && git config user.email a@example.com';
    const installed = await terminal.type(
      `${git}\n${tested(blocks[0]?.code ?? '')}\n${tested('npm install jose')}`,
    );
    expect([installed.code, installed.output]).toEqual([0, expect.anything()]);
    await terminal.type("git add . && git commit --quiet --message 'Packages'");
    return terminal;
  };

  test('puts an existing script under version control', async () => {
    const terminal = await openRepository('existing');
    const script =
      'const getCustomJwtClaims = async ({ environmentVariables }) => ({ plan: environmentVariables.PLAN })';
    const seed = {
      'access-token': {
        script,
        environmentVariables: { PLAN: 'pro' },
        contextSample: { user: { name: 'Ada' } },
      },
      'client-credentials': { script: 'const getCustomJwtClaims = () => ({});' },
    };
    terminal.write('tenant.seed.json', JSON.stringify(seed));
    const port = await freePort();
    await startMock(terminal.cwd(), `npx logto-jwt-customizer mock --port ${port} --seed tenant.seed.json`);
    const here = (text: string): string => text.replace('https://acme.logto.app', `http://127.0.0.1:${port}`);
    const followed = inSection('Put an existing script under version control');
    expect(followed).toHaveLength(3);
    for (const block of followed) {
      const output = await follow(terminal, block, here);
      if (block.output !== undefined) expect.soft(normalize(output)).toMatch(shownAs(here(block.output)));
    }
    expect(terminal.read('claims/access-token.js')).toBe(script);
    expect(terminal.read('.env.production')).toBe('PLAN=pro\n');
    const { output } = await terminal.type('git ls-files');
    expect(output).toContain('claims/access-token.js\n');
    expect(output).not.toContain('.env');
  }, 300_000);

  test('deploys its config to two tenants, and rolls one back', async () => {
    const terminal = await openRepository('tenants');
    const ports = { staging: await freePort(), acme: await freePort() };
    for (const port of Object.values(ports))
      await startMock(terminal.cwd(), `npx logto-jwt-customizer mock --port ${port}`);
    const here = (text: string): string =>
      text.replaceAll(/https:\/\/(staging|acme)\.logto\.app/g, (_, name: keyof typeof ports) => {
        return `http://127.0.0.1:${ports[name]}`;
      });
    const [config] = inSection('The folder');
    await follow(terminal, config as Block, here);
    terminal.write('.env', 'LOGTO_APP_ID=id\nLOGTO_APP_SECRET=of-this-test\nPLAN=pro\n');
    // What the config names, and the page does not show.
    await terminal.type('npx logto-jwt-customizer init');
    await terminal.type("git add . && git commit --quiet --message 'Claims'");

    const [push] = inSection('Several tenants');
    expect(await follow(terminal, push as Block)).toMatch(/^staging +pushed\nproduction +pushed\n$/m);
    const customizers = createJwtCustomizerClient({
      endpoint: `http://127.0.0.1:${ports.acme}`,
      clientId: 'id',
      clientSecret: 'of-this-test',
    });
    const comment = (await customizers.get('access-token'))?.script.split('\n').at(-1) ?? '';
    const alike = (text: string): string => normalize(text).replace(/[0-9a-f]{32}/, 'HASH');
    expect(alike(comment)).toBe(alike(inSection('The comment at the end of a script')[0]?.code ?? ''));

    const [back] = inSection('Go back');
    expect(await follow(terminal, back as Block)).toMatch(/^production +rolled back\n$/m);
    expect(await customizers.get('access-token')).toBeUndefined();
    const { code, output } = await terminal.type('npx logto-jwt-customizer status');
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^staging +access-token in step.*\nproduction +access-token absent/m),
    ]);
  }, 300_000);

  test('every block is one of these', () => {
    const sections = [
      'Put an existing script under version control',
      'Several tenants',
      'Go back',
      'The folder',
    ];
    const own = sections.flatMap(inSection).concat(inSection('The comment at the end of a script'));
    expect(blocks.filter((block) => block.language !== '' && !own.includes(block))).toEqual([blocks[0]]);
  });

  test('quotes messages that the commands print', () => {
    const table =
      /^\| message .*\n\| -.*\n((?:\|.*\n)+)/m.exec(
        readFileSync(join(root, 'docs/deploy.md'), 'utf8'),
      )?.[1] ?? '';
    const quoted = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)]);
    const files = ['deploy', 'session'].flatMap((name) =>
      readdirSync(join(root, 'src', name)).map((file) => join(root, 'src', name, file)),
    );
    const source = files
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    expect(quoted.length).toBeGreaterThan(12);
    for (const [, text = ''] of quoted) expect(source).toContain(text);
  });
});
