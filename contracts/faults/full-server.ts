/** A port whose queue of connections is full: the system neither accepts nor refuses another one. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, and never accepts: its event loop is blocked. */
const source = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
});`;

/** More than the queue holds. */
const waiting = 8;

export const startFullServer = async (): Promise<{ port: number; stop(): Promise<void> }> => {
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(source, { eval: true, workerData: shared });
  const [port] = (await once(worker, 'message')) as [number];
  const sockets: Socket[] = [];
  let connected = 0;
  for (let index = 0; index < waiting; index += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('connect', () => {
      connected += 1;
    });
    sockets.push(socket);
  }
  // On this machine a connection takes no time or for ever.
  await once(sockets[0] as Socket, 'connect');
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  if (connected === waiting) throw new Error(`port ${port} accepts more connections than it was told to`);
  return {
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      Atomics.store(new Int32Array(shared), 0, 1);
      Atomics.notify(new Int32Array(shared), 0);
      await worker.terminate();
    },
  };
};
