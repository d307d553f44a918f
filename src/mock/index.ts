/** A server that answers as a Logto tenant does, from the examples of the OpenAPI document. */
export { type Mock, type MockOptions, startMock } from './start-mock.ts';
export type { MockClient } from './token-endpoint.ts';
