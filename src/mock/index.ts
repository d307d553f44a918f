/** A server that answers as a Logto tenant does. */
export type { MockClient } from './clients.ts';
export { newest } from './document.ts';
export type { RecordedRequest } from './responses.ts';
export { type Mock, type MockOptions, startMock } from './start-mock.ts';
export { type PrismOptions, startPrism } from './start-prism.ts';
