/** A tenant over HTTP: its token, its release and what it has stored. */
import type { TokenType } from '../../generated/types.d.ts';
import {
  type ClientEvent,
  createJwtCustomizerClient,
  createManagementApiAccess,
  type JwtCustomizerClient,
} from '../client/index.ts';
import { parseJson } from '../client/json.ts';
import { placeOf, releaseOf } from '../contract/releases.ts';
import { tenantDocument } from '../contract/targets/tenant-document.ts';
import type { TenantSettings } from './environment.ts';
import type { Customizer } from './types.ts';

/** An access token of the Management API, as the token endpoint granted it. */
export interface GrantedToken {
  value: string;
  /** How long it is valid. */
  seconds: number;
  /** How long the request took. */
  milliseconds: number;
  /** The names of its claims; `undefined` if the token is opaque. */
  claims: string[] | undefined;
}

/** What a tenant has stored for one token type. */
export interface Stored {
  /** The text of GET's response; `null` if there is no customizer. */
  text: string | null;
  customizer: Customizer | null;
}

export interface Connection {
  endpoint: string;
  resource: string;
  release: string;
  client: JwtCustomizerClient;
  /** A client that uses this token. */
  clientOf(token: GrantedToken, onEvent?: (event: ClientEvent) => void): JwtCustomizerClient;
  /** The token that the client uses, taken before anything is written. */
  token: GrantedToken;
  /**
   * Requests a new token, once.
   *
   * @param timeout Milliseconds.
   * @throws {LogtoJwtCustomizerError} as the client does, if it is denied, lacks the scope `all` or takes longer
   */
  newToken(timeout: number): Promise<GrantedToken>;
}

/** Milliseconds. */
const firstTimeout = 20_000;

const claimsOf = (token: string): string[] | undefined => {
  try {
    const [, payload = ''] = token.split('.');
    return Object.keys(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object);
  } catch {
    return undefined;
  }
};

const requestToken = async (
  settings: TenantSettings,
  timeout: number,
  maxRetries: number,
): Promise<GrantedToken> => {
  let granted: unknown;
  const access = createManagementApiAccess({
    ...credentialsOf(settings),
    token: { timeout, maxRetries },
    fetch: async (url, init) => {
      const response = await globalThis.fetch(url, init);
      granted = await response
        .clone()
        .json()
        .catch(() => undefined);
      return response;
    },
  });
  const begun = performance.now();
  const value = await access.getToken();
  const milliseconds = performance.now() - begun;
  const { expires_in: seconds } = Object(granted) as { expires_in?: unknown };
  return { value, seconds: Number(seconds ?? 0), milliseconds, claims: claimsOf(value) };
};

const optionsOf = ({ endpoint, allowHttp }: TenantSettings) => ({ endpoint, allowHttp });

const credentialsOf = (settings: TenantSettings) => {
  const { clientId, clientSecret, resource, tokenEndpoint } = settings;
  return { ...optionsOf(settings), clientId, clientSecret, resource, tokenEndpoint };
};

/** The oldest release that the tenant's own document fits. */
const readRelease = async (endpoint: string): Promise<string> => {
  try {
    return placeOf(releaseOf(await tenantDocument({ endpoint }))).from;
  } catch (cause) {
    throw new Error(
      `The tenant's release of Logto cannot be read: ${(cause as Error).message.replace(/[.?!]$/, '')}. Name it as \`release\` in the config.`,
      { cause },
    );
  }
};

/**
 * Takes a token, and reads the tenant's release unless the config names it.
 *
 * @throws {LogtoJwtCustomizerError} if there is no token
 */
export const connect = async (settings: TenantSettings): Promise<Connection> => {
  const { endpoint, resource } = createManagementApiAccess(credentialsOf(settings));
  const token = await requestToken(settings, firstTimeout, 2);
  const clientOf: Connection['clientOf'] = ({ value }, onEvent) =>
    createJwtCustomizerClient({ ...optionsOf(settings), getToken: () => value, onEvent });
  return {
    endpoint,
    resource,
    release: settings.release ?? (await readRelease(endpoint)),
    client: clientOf(token),
    clientOf,
    token,
    newToken: (timeout) => requestToken(settings, timeout, 0),
  };
};

export const asStored = (text: string | null): Stored => ({
  text,
  customizer: text === null ? null : (parseJson(text) as Customizer),
});

/** @throws {LogtoJwtCustomizerError} */
export const readStored = async (client: JwtCustomizerClient, tokenType: TokenType): Promise<Stored> => {
  const { data, text } = await client.get(tokenType).withResponse();
  return asStored(data === undefined ? null : text);
};
