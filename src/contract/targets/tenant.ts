import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import { LogtoJwtCustomizerError } from '../../client/index.ts';
import type { LastSeen } from '../../session/index.ts';
import type { Case, CaseRequest, Customizers } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { inert } from '../expected.ts';
import { isObject, valueAt } from '../json.ts';
import { releaseOf } from '../releases.ts';
import { type CaseResponse, type Sender, send } from './http.ts';
import { notOfRelease, StoppedError, stopped, type Target, UntriedError } from './target.ts';
import { tenantDocument } from './tenant-document.ts';
import { type Stored, watch } from './watch.ts';

/** Cases in a row that got no response worth the name, after which the others are not tried. */
const patience = 5;

/** Whether it speaks of the tenant as a whole: no response, none of a token, or one from a server that is tired. */
const isSilence = (error: unknown): boolean =>
  error instanceof LogtoJwtCustomizerError ||
  (error instanceof UntriedError && (error.status >= 500 || error.status === 429 || error.status === 401));

export interface TenantOptions {
  sender: Sender;
  /** Whether a script may be tried that keeps the tenant from answering anybody for seconds. */
  allowDisruptive: boolean;
  /**
   * Whether scripts are stored as the cases write them: tokens then carry their claims.
   * @default false
   */
  asWritten?: boolean;
  /**
   * Called right before the first write. What it returns was stored then.
   *
   * @default nothing: what the first case finds was stored
   * @throws {StoppedError} when nothing may be written.
   */
  begin?: (() => Promise<LastSeen>) | undefined;
}

/**
 * A live tenant. What it is asked to store is made inert first, unless told otherwise: a tenant's tokens change the
 * moment a script is stored.
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
    // From 1.43 on scripts run in a worker, and the server goes on (contracts/recordings/README.md).
    if (disruptive && !allowDisruptive && !target.release.has('1.43'))
      return 'up to 1.42 it stops the whole server for 3 s: allow it with --allow-disruptive';
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

  /** A request of the suite's own, with a new token when the tenant refuses the cached one. */
  const ask = async (request: CaseRequest): Promise<CaseResponse> => {
    const response = await send(sender, { request });
    if (response.status !== 401 || sender.forgetToken === undefined) return response;
    sender.forgetToken();
    return send(sender, { request });
  };

  const read = async (tokenType: TokenType): Promise<Stored> => {
    const { status, body } = await ask({ operation: 'GetJwtCustomizer', tokenType });
    if (status !== 200 && status !== 404)
      throw new UntriedError(`reading what is stored was answered ${status}`, status);
    // A missing customizer is told with Logto's code: a proxy's 404 says nothing of it.
    const isMissing = status === 404 && isObject(body) && typeof body['code'] === 'string';
    return isMissing ? null : (body as Stored);
  };

  /** What is there before a write; what somebody else stored is found before it is replaced. */
  const look = async (tokenType: TokenType, isMixed = false): Promise<Stored> => {
    const present = await read(tokenType);
    watched.checkBefore(tokenType, present, isMixed);
    return present;
  };

  /** Brings about what is given. Answers whether that took a write. */
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
        `could not bring about what is given for ${tokenType}: answered ${status}`,
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
    // The request's own last, and looked at again: little time lies between what is read and what is written.
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
          reason = `${stopped} the tenant did not respond as it should in ${patience} cases, one after the other (${(error as Error).message})`;
        throw error;
      }
    },
    left: () => watched.left(),
    close: async () => {},
  };
};
