/** The process under test: a mock with the newest script engine and one with the oldest. */
import { startMock } from '../../src/mock/index.ts';

const log = (line: string): void => {
  process.send?.({ line });
};
const mocks = await Promise.all(
  ['1.43', '1.28'].map((release) => startMock({ release, scriptTimeout: 500, log })),
);
process.send?.({
  urls: mocks.map(({ url }) => url),
  tokens: await Promise.all(mocks.map((mock) => mock.token())),
});
process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ memory: { rss, kept: heapUsed + external } });
});
process.on('disconnect', () => process.exit());
