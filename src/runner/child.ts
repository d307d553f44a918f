import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { stopped } from './outcome.ts';
import {
  type Answer,
  entryUrl,
  type FromScriptProcess,
  type Job,
  outgoing,
  parseLine,
  readLines,
  type Settings,
  type ToScriptProcess,
} from './protocol.ts';
import { type Pulse, watchPulse } from './pulse.ts';

/** Milliseconds. No script runs in the main thread of the process, so that something is wrong when it is silent. */
const silence = 10_000;

/** What Node itself reads, of the variables of the caller: scripts are given `process.env` from 1.43 on. */
const inherited =
  /^(PATH|HOME|USERPROFILE|SystemRoot|TEMP|TMP|TMPDIR|TZ|LANG|NODE_COMPILE_CACHE|NODE_EXTRA_CA_CERTS|SSL_CERT_(DIR|FILE))$/i;

interface Pending {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

export type Child = ReturnType<typeof startChild>;

/** Starts the process in which scripts run. It keeps the caller's process alive only while one does, and ends with it. */
export const startChild = (settings: Settings, execPath: string) => {
  // Not by `fork`: a line on its channel that is not JSON, which a script can write, would end this process.
  const child = spawn(execPath, [fileURLToPath(entryUrl('script-process'))], {
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name))),
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  // Neither is there when the process cannot be started.
  const [input, channel] = [child.stdin, child.stdio[outgoing]] as (Socket | null | undefined)[];
  const secret = randomBytes(32).toString('hex');
  const pending = new Map<number, Pending>();
  let runs = 0;
  let isOver = false;
  let pulse: Pulse | undefined;

  const say = (message: ToScriptProcess): void => {
    input?.write(`${JSON.stringify(message)}\n`);
  };
  const release = (id: number): Pending | undefined => {
    const one = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) {
      channel?.unref();
      pulse?.stop();
      pulse = undefined;
    }
    return one;
  };
  const end = (settle: (one: Pending) => void): void => {
    isOver = true;
    child.kill('SIGKILL');
    for (const [id, one] of pending) {
      release(id);
      settle(one);
    }
  };
  const endWith = (answer: Answer): void => end(({ resolve }) => resolve(answer));
  const ping = (): void => say({ type: 'ping', ids: [...pending.keys()] });
  const onSilence = (): void => endWith(stopped('server-hangs', 'The script stopped its process'));

  const receive = (line: string): void => {
    if (!line.startsWith(secret)) return;
    const message = parseLine(line.slice(secret.length)) as FromScriptProcess | undefined;
    if (message === undefined) return;
    pulse?.answered();
    if (message.type === 'pong') return;
    const one = release(message.id);
    if (message.type === 'answer') one?.resolve(message.answer);
    else one?.reject(new Error(`Scripts cannot be run: ${message.message}`));
  };
  // Without the channel the process is of no use: it is killed, and "close" follows.
  const cut = (): void => void child.kill('SIGKILL');
  if (channel) readLines(channel, receive, cut);
  channel?.on('end', cut);
  for (const stream of [input, channel]) stream?.on('error', cut);
  child.on('error', (error) => end(({ reject }) => reject(error)));
  child.on('exit', () => {
    isOver = true;
  });
  // After the last message, which "exit" is not.
  child.on('close', (code, signal) =>
    endWith(stopped('server-dies', `The script ended its process (${signal ?? `code ${code}`})`)),
  );
  say({ type: 'start', secret, settings });
  for (const one of [child, input, channel]) one?.unref();

  return {
    close: (): void => end(({ reject }) => reject(new Error('The runner was closed while a script ran'))),
    /** The next run needs another process. */
    isOver: (): boolean => isOver,
    /** @throws {Error} when the process or a thread of it cannot be started, or is closed; never for what a script does. */
    run: (job: Job): Promise<Answer> =>
      new Promise((resolve, reject) => {
        runs += 1;
        // Before the first ping, which names it.
        say({ type: 'run', id: runs, job });
        pending.set(runs, { resolve, reject });
        channel?.ref();
        pulse ??= watchPulse(silence, ping, onSilence);
      }),
  };
};
