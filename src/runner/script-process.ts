/** The entry of the process in which scripts run. It ends with the process that started it. */
import { Socket } from 'node:net';
import { createEngine } from './engine.ts';
import { stopped } from './outcome.ts';
import {
  type Answer,
  type FromScriptProcess,
  type Job,
  outgoing,
  parseLine,
  readLines,
  type ToScriptProcess,
} from './protocol.ts';

/** `process.exit` would wait for the threads. */
const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const output = new Socket({ fd: outgoing, readable: false, writable: true });
output.on('error', end);

let secret = '';
/** Begins a line of its own, whatever a script has written before. */
const say = (message: FromScriptProcess): void => {
  output.write(`\n${secret}${JSON.stringify(message)}\n`);
};

const running = new Set<number>();
const lost = stopped('request-hangs', 'Another script has read what this one was asked');

let run: ((job: Job) => Promise<Answer>) | undefined;

const start = ({ secret: told, settings }: ToScriptProcess & { type: 'start' }): void => {
  secret = told;
  run = createEngine(settings);
  setInterval(() => {
    if (process.memoryUsage.rss() > settings.memory) end();
  }, 200);
};

const receive = async (message: ToScriptProcess | undefined): Promise<void> => {
  if (message?.type === 'start' && run === undefined) start(message);
  if (message?.type === 'ping') {
    say({ type: 'pong' });
    for (const id of message.ids) if (!running.has(id)) say({ type: 'answer', id, answer: lost });
  }
  if (message?.type !== 'run') return;
  const { id } = message;
  running.add(id);
  try {
    if (run === undefined) throw new Error('the process was not told how');
    say({ type: 'answer', id, answer: await run(message.job) });
  } catch (error) {
    say({ type: 'failed', id, message: String(error) });
  } finally {
    running.delete(id);
  }
};

// A script may have read a part of a line: the rest is not JSON.
readLines(process.stdin, (line) => void receive(parseLine(line) as ToScriptProcess | undefined), end);
process.stdin.on('error', end);
process.stdin.on('close', end);
