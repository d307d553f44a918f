/** A server that responds as a Logto tenant does. */
export { newest } from './document.ts';
export { type PrismOptions, startPrism } from './prism.ts';
export type { RecordedRequest } from './responses.ts';
export { type Mock, type MockClient, type MockOptions, startMock } from './start-mock.ts';
