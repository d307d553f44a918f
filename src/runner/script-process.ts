/** The entry of the process in which scripts run. It dies with whoever started it. */
import type { FromScriptProcess, Settings, ToScriptProcess } from './protocol.ts';
import { createVmEngine } from './vm-engine.ts';
import { createWorkerEngine } from './worker-engine.ts';

const settings = JSON.parse(process.argv[2] ?? '') as Settings;
const run = settings.engine === 'vm' ? createVmEngine(settings) : createWorkerEngine(settings);
/** `process.exit` would wait for the threads. */
const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const say = (message: FromScriptProcess): void => {
  process.send?.(message, undefined, undefined, () => {});
};

process.on('disconnect', end);
process.on('message', async (message: ToScriptProcess) => {
  if (message.type === 'ping') return say({ type: 'pong' });
  const { id } = message;
  try {
    say({ type: 'answer', id, answer: await run(message.run) });
  } catch (error) {
    say({ type: 'failed', id, message: String(error) });
  }
});
setInterval(() => {
  if (process.memoryUsage.rss() > settings.memory) end();
}, 200);
