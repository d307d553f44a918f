/**
 * The entry for those who want every operation of the document, and status codes in place of errors: openapi-fetch with
 * the document's types, and nothing else.
 */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/types.d.ts';
import { normalizeEndpoint } from './endpoint.ts';

export interface RawClientOptions {
  /** The tenant's base URL, for example `https://my-tenant.logto.app`. */
  endpoint: string;
  /**
   * Answers an access token of the Management API. Asked for each request under `/api/`, never for `/oidc/token`.
   * @default none, requests carry no token
   */
  getToken?: (() => string | Promise<string>) | undefined;
  /** @default globalThis.fetch, as it is when the client is created */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

export type RawClient = Client<paths>;

/**
 * A client that neither checks, retries nor throws for a status. Test `response.ok`, not `error`: `error` is `''` after
 * a 500 with an empty body. Check path parameters yourself: `..` leads to the parent URL.
 *
 * @throws InvalidOptionError when `endpoint` is no http(s) URL
 */
export const createRawClient = ({ endpoint, getToken, fetch }: RawClientOptions): RawClient => {
  const client = createClient<paths>({ baseUrl: normalizeEndpoint(endpoint), ...(fetch && { fetch }) });
  if (getToken !== undefined) {
    client.use({
      onRequest: async ({ request, schemaPath }) => {
        if (!schemaPath.startsWith('/api/')) return;
        request.headers.set('Authorization', `Bearer ${await getToken()}`);
      },
    });
  }
  return client;
};
