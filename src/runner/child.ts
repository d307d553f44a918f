import { type ChildProcess, fork } from 'node:child_process';
import { entryUrl } from './entry-url.ts';
import type { Answer, FromScriptProcess, Run, Settings, ToScriptProcess } from './protocol.ts';
import { watchPulse } from './pulse.ts';
import { stopped } from './stopped.ts';

/** Milliseconds. No script runs in the main thread of the process, so that something is wrong when it is silent. */
const silence = 10_000;

/** What Node itself reads, of the variables of the caller: scripts are given `process.env` from 1.43 on. */
const inherited = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'LANG',
  'NODE_COMPILE_CACHE',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
];

export interface ChildOptions {
  settings: Settings;
  execPath: string;
  showConsole: boolean;
}

/** The process in which scripts run, for one caller. */
export interface Child {
  /**
   * @throws {Error} when the process or a thread of it cannot be started, or is closed; never for what a script does.
   */
  run(run: Run): Promise<Answer>;
  close(): void;
  /** Another one is wanted for the next run. */
  readonly isOver: boolean;
}

interface Pending {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * Starts the process. It keeps the caller's process alive while a script runs, at no other time, and ends with it.
 */
export const startChild = ({ settings, execPath, showConsole }: ChildOptions): Child => {
  const output = showConsole ? 2 : 'ignore';
  const child: ChildProcess = fork(entryUrl('script-process'), [JSON.stringify(settings)], {
    execPath,
    // Not the caller's: an inspector has one port.
    execArgv: [],
    env: Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
    stdio: ['ignore', output, output, 'ipc'],
  });
  const pending = new Map<number, Pending>();
  let runs = 0;
  let isOver = false;
  let pulse: { answered: () => void; stop: () => void } | undefined;

  const say = (message: ToScriptProcess): void => {
    child.send(message, () => {});
  };
  const hold = (id: number, one: Pending): void => {
    pending.set(id, one);
    child.channel?.ref();
    pulse ??= watchPulse(silence, () => say({ type: 'ping' }), onSilence);
  };
  const release = (id: number): Pending | undefined => {
    const one = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) {
      child.channel?.unref();
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
  const onSilence = (): void => endWith(stopped('server-hangs', 'The script stopped its process'));

  child.on('message', (message: FromScriptProcess) => {
    pulse?.answered();
    if (message.type === 'pong') return;
    const one = release(message.id);
    if (message.type === 'answer') one?.resolve(message.answer);
    else one?.reject(new Error(`Scripts cannot be run: ${message.message}`));
  });
  child.on('error', (error) => end(({ reject }) => reject(error)));
  child.on('exit', () => {
    isOver = true;
  });
  // After the last message, which "exit" is not.
  child.on('close', (code, signal) =>
    endWith(stopped('server-dies', `The script ended its process (${signal ?? `code ${code}`})`)),
  );
  child.unref();
  child.channel?.unref();

  return {
    close: () => end(({ reject }) => reject(new Error('The runner was closed while a script ran'))),
    get isOver() {
      return isOver;
    },
    run: (run) =>
      new Promise((resolve, reject) => {
        runs += 1;
        hold(runs, { resolve, reject });
        say({ type: 'run', id: runs, run });
      }),
  };
};
