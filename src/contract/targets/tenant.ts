import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Case, Customizers } from '../case.ts';
import { bodyOf, expectedOf } from '../expected.ts';
import { inert } from '../inert.ts';
import { differences } from '../json.ts';
import type { Exchange } from '../judge.ts';
import { releaseOf } from '../releases.ts';
import { type Sender, send } from './http.ts';
import { notOfRelease, type Target } from './target.ts';
import { tenantDocument } from './tenant-document.ts';

const tokenTypes: readonly TokenType[] = ['access-token', 'client-credentials'];

/** Begins the reason of every case that is no longer tried. */
export const stopped = 'stopped:';

export interface TenantOptions {
  sender: Sender;
  /** Whether a script may be tried that keeps the tenant from answering anybody for seconds. */
  allowDisruptive: boolean;
  /**
   * Whether scripts are stored as the cases write them: tokens then carry their claims.
   * @default false
   */
  asWritten?: boolean;
}

/** The case that reads or writes one customizer. */
export const item = (
  tokenType: TokenType,
  operation: Case['request']['operation'],
  body?: Customizers[TokenType],
): Case => ({
  name: `${operation} ${tokenType}`,
  group: '',
  rule: '',
  given: {},
  request: { operation, tokenType, ...(body && { body }) },
  expect: { status: 0 },
  evidence: { readme: '' },
});

/** What the tenant has stored. */
const stored = async (sender: Sender): Promise<Exchange['after']> => {
  const after: Exchange['after'] = {};
  for (const tokenType of tokenTypes) {
    const { status, body } = await send(sender, item(tokenType, 'GetJwtCustomizer'));
    if (status !== 200 && status !== 404) throw new Error(`reading what is stored was answered ${status}`);
    after[tokenType] = status === 200 ? (body as Customizers[TokenType] & object) : null;
  }
  return after;
};

const arrange = async (sender: Sender, present: Exchange['after'], given: Customizers): Promise<void> => {
  for (const tokenType of tokenTypes) {
    const wanted = given[tokenType];
    if (isDeepStrictEqual(present[tokenType], wanted ?? null)) continue;
    const { status } = await send(
      sender,
      wanted === undefined
        ? item(tokenType, 'DeleteJwtCustomizer')
        : item(tokenType, 'UpsertJwtCustomizer', wanted),
    );
    if (status < 200 || status > 299)
      throw new Error(`could not bring about what is given for ${tokenType}: answered ${status}`);
  }
};

/** What is left of a script however a tenant may have spoilt it: trimmed, cut, normalized, with other line ends. */
const reduced = (customizer: unknown): string =>
  String((customizer as { script?: unknown } | null | undefined)?.script ?? '').replaceAll(
    /[^A-Za-z0-9]/g,
    '',
  );

/**
 * Whether what is stored after a case can come from the case, though the tenant may have spoilt it. If not, somebody
 * else wrote it.
 */
const mayBeOf = (contract: Case, found: unknown): boolean =>
  found === null ||
  [...Object.values(contract.given), ...Object.values(expectedOf(contract).after), bodyOf(contract)]
    .map(reduced)
    .some(
      (script) => script.startsWith(reduced(found)) || (script !== '' && reduced(found).startsWith(script)),
    );

interface Abilities {
  allowDisruptive: boolean;
  hasTokenWithoutPermission: boolean;
  hasClientWithoutRole: boolean;
}

const cannotShow = (
  { request, disruptive }: Case,
  { allowDisruptive, hasTokenWithoutPermission, hasClientWithoutRole }: Abilities,
): string | undefined => {
  if (disruptive && !allowDisruptive)
    return 'up to 1.42 it stops the whole server for 3 s: allow it with --allow-disruptive';
  if (request.authorization === 'noperm' && !hasTokenWithoutPermission)
    return 'the tenant grants this application no token without the permission `all`';
  if (request.form?.['client_id'] === '<id without role>' && !hasClientWithoutRole)
    return 'needs an application without the role: LOGTO_NO_ROLE_APP_ID and LOGTO_NO_ROLE_APP_SECRET';
  return undefined;
};

/**
 * A live tenant. What it is asked to store is made inert first, unless told otherwise: a tenant's tokens change the
 * moment a script is stored.
 *
 * @throws {Error} when the tenant's own document cannot be read.
 */
export const openTenant = async ({ sender, allowDisruptive, asWritten }: TenantOptions): Promise<Target> => {
  const target = { name: 'tenant', release: releaseOf(await tenantDocument(sender)) };
  const hasTokenWithoutPermission = await sender.token('none').then(
    () => true,
    () => false,
  );
  const abilities = {
    allowDisruptive,
    hasTokenWithoutPermission,
    hasClientWithoutRole: sender.clientWithoutRole !== undefined,
  };
  let lastSeen: Exchange['after'] | undefined;
  let reason: string | undefined;
  return {
    ...target,
    cannotShow: (contract) => reason ?? notOfRelease(contract, target) ?? cannotShow(contract, abilities),
    prepare: (contract) => (asWritten ? contract : inert(contract)),
    exchange: async (contract) => {
      const stop = (what: string): never => {
        reason = `${stopped} somebody else changed ${what}`;
        throw new Error(`${reason}. Nothing more is written; what is theirs stays.`);
      };
      const present = await stored(sender);
      const changed = lastSeen === undefined ? [] : differences(lastSeen, present);
      if (changed.length > 0)
        stop(changed.map(({ pointer }) => pointer.slice(1).replace('/', ': /')).join(', '));
      lastSeen = undefined;
      await arrange(sender, present, contract.given);
      const answer = await send(sender, contract);
      const after = await stored(sender);
      const foreign = tokenTypes.find((tokenType) => !mayBeOf(contract, after[tokenType]));
      if (foreign !== undefined) stop(foreign);
      lastSeen = after;
      return { ...answer, after };
    },
    close: async () => {},
  };
};
