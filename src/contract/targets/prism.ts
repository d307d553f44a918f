import { isTokenType } from '../../client/call/engine.ts';
import { startPrism } from '../../mock/index.ts';
import type { Case } from '../case.ts';
import type { Exchange, Finding } from '../exchange.ts';
import { newest } from '../releases.ts';
import { validate } from '../validate.ts';
import { type Sender, send } from './http.ts';
import { notOfRelease, type Target } from './target.ts';

const isAccepted = ({ expect }: Case): boolean => expect.status < 300;

const cannotShow = (contract: Case): string | undefined => {
  const { request, expect, rule } = contract;
  if (request.method === 'HEAD') return 'Prism does not support HEAD';
  if (request.authorization === 'client') return 'Prism does not check HTTP Basic';
  if (['garbage', 'noperm'].includes(request.authorization ?? 'good'))
    return 'Prism accepts any bearer token';
  if (isAccepted(contract)) return undefined;
  if (expect.status === 400 && rule === 'lengths-in-utf16')
    return 'Prism counts lengths in code points, tenants in UTF-16 code units';
  if (request.bytes !== undefined) return 'Prism has no size limit';
  if (request.operation === 'TestJwtCustomizer' && ![400, 401].includes(expect.status))
    return 'Prism runs no scripts';
  if (request.operation === 'RequestToken' || ![400, 401, 405].includes(expect.status))
    return 'Prism keeps no state';
  return undefined;
};

/** Adds `Prefer` for the status of a success, and for the example that the case names. */
const prepare = (contract: Case): Case => {
  const { request, expect } = contract;
  if (!isAccepted(contract)) return contract;
  const prefer = [`code=${expect.status}`, ...(expect.example ? [`example=${expect.example}`] : [])];
  return { ...contract, request: { ...request, headers: { ...request.headers, prefer: prefer.join(', ') } } };
};

/** The statuses that count as the refusal that a case expects. */
const refusals = ({ request: { tokenType }, expect }: Case): number[] => {
  if (expect.status !== 400) return [expect.status];
  return tokenType === undefined || isTokenType(tokenType) ? [422, 400] : [404];
};

/**
 * For a request that tenants accept, checks that the response is documented and equals the example that the case names.
 * For one that they refuse, checks that it was refused.
 */
const validatePrism = (contract: Case, exchange: Exchange): Finding[] => {
  const { status, example } = contract.expect;
  if (isAccepted(contract)) {
    // `send` redacts the token.
    const varies = contract.request.form && { varies: ['/access_token'] };
    const expect = { status, ...(example !== undefined && { example }), ...varies };
    return validate({ ...contract, given: {}, expect }, exchange);
  }
  const allowed = refusals(contract);
  const found = exchange.status;
  if (allowed.includes(found)) return [];
  const differing = { part: 'status', pointer: '', expected: status, found } as const;
  return [{ check: 'status', message: `expected ${allowed.join(' or ')}, found ${found}`, differing }];
};

/** The limits of a pass. */
const note = (contract: Case, { status }: Exchange): string | undefined => {
  const { expect } = contract;
  if (status !== expect.status) return `refused with ${status}; tenants refuse with ${expect.status}`;
  return isAccepted(contract) && expect.example === undefined
    ? 'accepted with a documented response: nothing was stored or run'
    : undefined;
};

/**
 * The server of `mock --prism`, on a free local port: it shows what the document alone specifies.
 *
 * @param starting - starts the server; by default our document in Prism's engine
 */
export const openPrism = async (starting = startPrism()): Promise<Target> => {
  const { url, close } = await starting;
  const sender: Sender = {
    endpoint: url,
    client: { id: 'contract', secret: 'of-prism-alone', resource: 'https://default.logto.app/api' },
    clientWithoutRole: { id: 'contract-without-role', secret: 'of-prism-alone' },
    token: async () => 'any-token',
  };
  const target = { name: 'prism', release: newest };
  return {
    ...target,
    cannotShow: (contract) => notOfRelease(contract, target) ?? cannotShow(contract),
    prepare,
    exchange: async (contract) => ({ ...(await send(sender, contract)), after: {} }),
    validate: validatePrism,
    note,
    close,
  };
};
