import { readDocument } from './document.ts';
import { serve } from './listen.ts';
import { loadPrism } from './prism.ts';
import type { Mock, MockOptions } from './start-mock.ts';

/** Those of the mock that concern the server alone. */
export type PrismOptions = Pick<MockOptions, 'port' | 'host' | 'log'>;

/**
 * Serves an OpenAPI document by Prism's engine.
 *
 * @param document - JSON
 */
export const servePrism = async (
  document: string,
  options: PrismOptions = {},
): Promise<Pick<Mock, 'url' | 'close'>> => serve(await loadPrism(document), options);

/**
 * Starts a server that responds from our OpenAPI document alone, by [Prism](https://github.com/stoplightio/prism)'s engine:
 * it validates requests and responds with the document's examples. `Prefer: code=404, example=NAME` chooses one. Unlike
 * `startMock` it stores nothing, runs no script and takes any bearer token.
 *
 * @throws {Error} when `@stoplight/prism-http` is not installed, or the port or host cannot be bound; the message is one
 *   line and says what to do
 */
export const startPrism = async (options: PrismOptions = {}): Promise<Pick<Mock, 'url' | 'close'>> =>
  servePrism(await readDocument('openapi.by-token-type.json'), options);
