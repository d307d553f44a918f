/** Whether a tenant does what it should with what is stored now. */
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { isOverruling } from '../claims/types.ts';
import { isLogtoJwtCustomizerError, RequestRefusedError } from '../client/index.ts';
import { readStored } from './connect.ts';
import { RefusedPushError } from './errors.ts';
import type { Tenant } from './tenant.ts';
import { type Customizer, listed } from './types.ts';

/** Milliseconds that a new token may take longer than the one before the push. */
const slower = 3_000;

const reasonOf = (error: Error, limit: number): string => {
  if (isLogtoJwtCustomizerError(error) && error.name === 'TokenDeniedError')
    return `The script denied this application a new token: "${error.errorDescription}".`;
  if (error.name === 'TimeoutError')
    return `A new token of this application took more than ${limit.toFixed(0)} ms, ${slower} ms longer than before.`;
  return `This application gets no proper token any more: ${error.message}`;
};

/**
 * Requests a new token with the application that deploys: its own script runs for it.
 *
 * @param expected The claims that the script adds, if they are known.
 * @throws {RefusedPushError} if it is denied, takes too long, lacks the scope `all` or a claim, is refused, or has a claim that
 *   overrules the tenant's own, such as `nbf`, and is not expected
 */
export const verifyOwnToken = async (
  { token: before, newToken, clientOf, say }: Tenant,
  expected?: readonly string[],
): Promise<void> => {
  const token = await newToken(before.milliseconds + slower).catch((error: Error) => {
    const isFault = isLogtoJwtCustomizerError(error) && error.name === 'NetworkError';
    throw isFault ? error : new RefusedPushError(reasonOf(error, before.milliseconds + slower));
  });
  const missing = expected?.filter((claim) => token.claims?.includes(claim) === false) ?? [];
  if (missing.length > 0)
    throw new RefusedPushError(
      `A new token of this application lacks the claims ${listed(missing)}, which its sample has. If that is right, add a sample with its token.clientId that shows it.`,
    );
  const overruling = token.claims?.filter(isOverruling) ?? [];
  const unexpected = expected && overruling.filter((claim) => !expected.includes(claim));
  if (unexpected !== undefined && unexpected.length > 0)
    throw new RefusedPushError(
      `A new token of this application has ${listed(unexpected)} of the script, which no sample shows.`,
    );
  await clientOf(token)
    .get('client-credentials')
    .catch((error: Error) => {
      const isRefused = error instanceof RequestRefusedError && error.status < 500;
      throw isRefused
        ? new RefusedPushError(`The tenant refuses a new token of this application: ${error.message}`)
        : error;
    });
  const claims = token.claims === undefined ? ' (its claims cannot be read)' : ' and the expected claims';
  say(
    `got a new token in ${token.milliseconds.toFixed(0)} ms, which works, with the scope all${expected === undefined ? '' : claims}`,
  );
};

/** @throws {RefusedPushError} if the tenant does not have exactly this */
export const readBack = async (
  { client, say }: Tenant,
  tokenType: TokenType,
  after: Customizer | null,
): Promise<void> => {
  const { customizer } = await readStored(client, tokenType);
  const [found, sent] = [customizer, after && JSON.parse(JSON.stringify(after))];
  if (!isDeepStrictEqual(found, sent)) {
    const fields = Object.keys({ ...found, ...sent }).filter(
      (field) => !isDeepStrictEqual(Object(found)[field], Object(sent)[field]),
    );
    throw new RefusedPushError(`The ${tokenType} customizer is different when read back: ${listed(fields)}.`);
  }
  say(after === null ? `${tokenType} is gone` : `read ${tokenType} back: the same`);
};
