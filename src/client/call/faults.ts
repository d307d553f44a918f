import type { LogtoJwtCustomizerError } from '../errors/base.ts';
import { NetworkError } from '../errors/network.ts';
import { UnexpectedAnswerError } from '../errors/unexpected-answer.ts';

/** No connection came about: as Node and Deno's Node layer say it, then as Bun does. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

const passing = new Set([408, 429, 500, 502, 503, 504]);

/** The tenant has not seen the request, or has turned it away unread. */
export const isSurelyNotApplied = (fault: LogtoJwtCustomizerError): boolean =>
  fault.status === 429 || (fault instanceof NetworkError && notConnected.has(fault.code ?? ''));

/** What may go better the next time. */
export const isPassing = (fault: LogtoJwtCustomizerError): boolean =>
  fault instanceof NetworkError || passing.has(fault.status ?? 0);

/** The tenant may have carried out the request, or not. */
export const isOutcomeUnknown = (fault: LogtoJwtCustomizerError): boolean => {
  if (fault instanceof NetworkError) return !isSurelyNotApplied(fault);
  const { status = 0 } = fault;
  // A page, or half a body: somebody else than Logto answered, before it or in its place.
  if (fault instanceof UnexpectedAnswerError) return status >= 200 && status < 300;
  return status === 408 || status >= 500;
};
