/** The thread in which one script after the other is run in `node:vm`. */
import { answer } from './answer.ts';
import { type Answer, payloadOf, type Run, type Settings } from './protocol.ts';
import { receivePort } from './thread.ts';
import { runInVm } from './vm-run.ts';

export type ToVmThread = { type: 'ping' } | { type: 'run'; run: Run };
/** `started` comes before the script runs: a thread that an earlier script keeps busy does not get there. */
export type FromVmThread = { type: 'pong' } | { type: 'started' } | { type: 'answer'; answer: Answer };

const { port, settings: received } = await receivePort();
const settings = received as Settings;
/** Bound before there is a script, which could replace `postMessage`. */
const say: (message: FromVmThread) => void = port.postMessage.bind(port);

// As in a real server, a script's rejected promise that nobody waits for harms nobody (recorded: unhandled-rejection).
process.on('unhandledRejection', () => {});

port.on('message', async (message: ToVmThread) => {
  if (message.type === 'ping') return say({ type: 'pong' });
  const { run } = message;
  say({ type: 'started' });
  const result = await runInVm(run.script, payloadOf(run), settings);
  say({ type: 'answer', answer: answer(run.question, result, settings.logsRuns) });
});
