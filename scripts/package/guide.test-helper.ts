/** The code blocks of a guide, run in their order, as a reader does. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { withoutTools } from '../execute.test-helper.ts';
import { toolsNode } from './consumer.test-helper.ts';
import { root } from './pack.ts';

export interface Block {
  /** `''` for output. */
  language: string;
  code: string;
  /** The heading above. */
  section: string;
  /** What the page says between the block before and this one. */
  prose: string;
  /** For a file: its path, in the first line or at the end of the prose. */
  file?: string;
  /** For a command: what the page shows as its output. */
  output?: string;
}

/** @param page - from the repository's root */
export const readBlocks = (page: string): Block[] => {
  const markdown = readFileSync(join(root, page), 'utf8');
  const found: Block[] = [];
  let end = 0;
  let section = '';
  for (const match of markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
    const [whole, language = '', code = ''] = match;
    const prose = markdown.slice(end, match.index);
    end = match.index + whole.length;
    section = [...prose.matchAll(/^##+ (.*)$/gm)].at(-1)?.[1] ?? section;
    const file =
      /^(?:\/\/|#) (\S+\.\w+)$/m.exec(code.split('\n')[0] ?? '') ?? /`([^`\s]+)`[^`]*:\s*$/.exec(prose);
    const before = found.at(-1);
    if (language === '' && before?.language === 'sh') before.output = code;
    found.push({ language, code, section, prose, ...(file?.[1] !== undefined && { file: file[1] }) });
  }
  return found;
};

const versions: Record<string, string> = manifest.devDependencies;

/** A command with the packages of `npm install` in the versions that we test with, and the packed one. */
export const tested = (command: string): string =>
  command.replaceAll(/^npm install (.*)$/gm, (_, names: string) => {
    const packages = names.split(' ').map((name) => {
      if (name === manifest.name) return inject('tarball');
      return name.startsWith('-') ? name : `${name}@${versions[name]}`;
    });
    return `npm install --no-audit --no-fund --prefer-offline --loglevel=error ${packages.join(' ')}`;
  });

export interface Typed {
  code: number | null;
  /** What the terminal shows, without the echo of what is typed. */
  output: string;
}

/** A reader's terminal: a folder that `cd` changes, and `y` typed at a prompt. */
export const openTerminal = (folder: string, env: Record<string, string> = {}) => {
  let cwd = folder;
  const path = `${toolsNode}${delimiter}${withoutTools}`;
  const { CI: _, VITEST: __, NODE_ENV: ___, GITHUB_ACTIONS: ____, ...machine } = process.env;
  return {
    cwd: (): string => cwd,
    write: (file: string, content: string): void => {
      const target = join(cwd, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    },
    read: (file: string): string => readFileSync(join(cwd, file), 'utf8'),
    /** @param answer - typed at a terminal; without it, there is none */
    type: async (command: string, answer?: string): Promise<Typed> => {
      const place = join(folder, '.cwd');
      const script = join(folder, '.typed.sh');
      const together = answer === undefined ? 'exec 2>&1\n' : '';
      writeFileSync(script, `${together}set -e\n${command}\npwd > '${place}'\n`);
      const [file, ...args] =
        answer === undefined ? ['sh', script] : ['script', '-qec', `sh '${script}'`, '/dev/null'];
      const child = spawn(file ?? '', args, {
        cwd,
        env: { ...machine, NO_COLOR: '1', npm_config_progress: 'false', PATH: path, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      if (answer === undefined) child.stdin.end();
      else
        child.stdout.on('data', (data: Buffer) => {
          if (String(data).includes('[y/N]')) child.stdin.write(`${answer}\n`);
        });
      child.once('exit', () => child.stdin.destroy());
      const ended = new Promise<number | null>((resolve, reject) =>
        child.once('exit', resolve).once('error', reject),
      );
      const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      if (code === 0) cwd = readFileSync(place, 'utf8').trim();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: readline moves the cursor.
      const output = (stdout + stderr).replaceAll(/\x1b\[\d*[A-Z]/g, '').replaceAll('\r', '');
      return { code, output };
    },
  };
};
