import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import { LogtoJwtCustomizerError } from '../../client/index.ts';
import type { Fingerprints } from '../../session/index.ts';
import type { Case, CaseRequest, Customizers } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { inert } from '../expected.ts';
import { isObject, valueAt } from '../json.ts';
import { releaseOf } from '../releases.ts';
import { type CaseResponse, type Sender, send } from './http.ts';
import { notOfRelease, StoppedError, stopped, type Target, UntriedError } from './target.ts';
import { tenantDocument } from './tenant-document.ts';
import { type Stored, watch } from './watch.ts';

/** The number of consecutive cases without a usable response after which the suite stops. */
const patience = 5;

/** Whether an error is about the tenant as a whole: no response, no token, or an overloaded server. */
const isSilence = (error: unknown): boolean =>
  error instanceof LogtoJwtCustomizerError ||
  (error instanceof UntriedError && (error.status >= 500 || error.status === 429 || error.status === 401));

export interface TenantOptions {
  sender: Sender;
  /** Whether to run cases whose script blocks the tenant for seconds. */
  allowDisruptive: boolean;
  /**
   * Whether to store scripts unchanged: tokens then carry their claims.
   * @default false
   */
  asWritten?: boolean;
  /**
   * Called right before the first write. Returns the customizers stored at that time.
   *
   * @default none: what the first case finds was stored
   * @throws {StoppedError} when nothing may be written.
   */
  begin?: (() => Promise<Fingerprints>) | undefined;
}

/**
 * A live tenant. By default, scripts are made inert before they are stored: a tenant's tokens change as soon as a
 * script is stored.
 *
 * @throws {Error} when the tenant's own document cannot be read.
 */
export const openTenant = async (options: TenantOptions): Promise<Target> => {
  const { sender, allowDisruptive, asWritten, begin } = options;
  const document = await tenantDocument(sender);
  const target = { name: 'tenant', release: releaseOf(document) };
  const hasTokenWithoutPermission = await sender.token('none').then(
    () => true,
    () => false,
  );
  const cannotShow = ({ request, disruptive, expect }: Case): string | undefined => {
    // From 1.43 on scripts run in a worker, and the server keeps responding (contracts/recordings/README.md).
    if (disruptive && !allowDisruptive && !target.release.has('1.43'))
      return 'up to 1.42 it blocks the whole server for 3 s: allow it with --allow-disruptive';
    if (request.authorization === 'noperm' && !hasTokenWithoutPermission)
      return 'the tenant grants this application no token without the permission `all`';
    if (request.form?.['client_id'] === '<id without role>' && sender.clientWithoutRole === undefined)
      return 'needs an application without the role: LOGTO_NO_ROLE_APP_ID and LOGTO_NO_ROLE_APP_SECRET';
    if (expect.code === 'oidc.invalid_client' && valueAt(document, '/info/x-any-client') === true)
      return 'this mock grants a token to any client: start it with --client ID:SECRET';
    return undefined;
  };
  const watched = watch();
  let reason: string | undefined;
  let silentCases = 0;

  /** Sends a request of the suite itself, with a new token when the tenant refuses the cached one. */
  const ask = async (request: CaseRequest): Promise<CaseResponse> => {
    const response = await send(sender, { request });
    if (response.status !== 401 || sender.forgetToken === undefined) return response;
    sender.forgetToken();
    return send(sender, { request });
  };

  const read = async (tokenType: TokenType): Promise<Stored> => {
    const { status, body } = await ask({ operation: 'GetJwtCustomizer', tokenType });
    if (status !== 200 && status !== 404)
      throw new UntriedError(`reading the stored customizer returned ${status}`, status);
    // The 404 of a missing customizer has Logto's code: a proxy's 404 proves nothing.
    const isMissing = status === 404 && isObject(body) && typeof body['code'] === 'string';
    return isMissing ? null : (body as Stored);
  };

  /** Reads a customizer before a write, and detects one that somebody else stored before it is replaced. */
  const look = async (tokenType: TokenType, isMixed = false): Promise<Stored> => {
    const present = await read(tokenType);
    watched.checkBefore(tokenType, present, isMixed);
    return present;
  };

  /** Sets up the given customizer. Returns whether that required a write. */
  const arrange = async (tokenType: TokenType, present: Stored, given: Customizers): Promise<boolean> => {
    const wanted = given[tokenType] ?? null;
    if (isDeepStrictEqual(present, wanted)) return false;
    watched.assertAwake();
    watched.write(tokenType, present, wanted);
    const operation = wanted === null ? 'DeleteJwtCustomizer' : 'UpsertJwtCustomizer';
    const { status } = await ask({ operation, tokenType, ...(wanted && { body: wanted }) });
    const isGone = wanted === null && status === 404;
    if (!isGone && (status < 200 || status > 299))
      throw new UntriedError(
        `could not set up the ${tokenType} customizer: the tenant responded with ${status}`,
        status,
      );
    return true;
  };

  const exchange = async (contract: Case): Promise<Exchange> => {
    if (begin !== undefined && !watched.hasBegun()) watched.begin(await begin());
    const { given, request } = contract;
    const own = request.tokenType === 'access-token' ? 'access-token' : 'client-credentials';
    const other = own === 'access-token' ? 'client-credentials' : 'access-token';
    const before = { [other]: await look(other), [own]: await look(own) };
    // The request's own comes last and is read again, to keep the time between reading and writing short.
    if (await arrange(other, before[other] ?? null, given)) before[own] = await look(own, true);
    await arrange(own, before[own] ?? null, given);
    watched.assertAwake();
    watched.expect(contract, before);
    const response = await send(sender, contract);
    const after: Exchange['after'] = {};
    for (const tokenType of tokenTypes) after[tokenType] = await read(tokenType);
    reason = watched.checkAfter(after);
    return { ...response, after };
  };

  return {
    ...target,
    cannotShow: (contract) => reason ?? notOfRelease(contract, target) ?? cannotShow(contract),
    prepare: (contract) => (asWritten ? contract : inert(contract)),
    exchange: async (contract) => {
      try {
        const exchanged = await exchange(contract);
        silentCases = 0;
        return exchanged;
      } catch (error) {
        if (error instanceof StoppedError) reason = error.message;
        else if (isSilence(error)) silentCases += 1;
        if (silentCases === patience)
          reason = `${stopped} the tenant did not respond properly in ${patience} consecutive cases (${(error as Error).message})`;
        throw error;
      }
    },
    left: () => watched.left(),
    close: async () => {},
  };
};
