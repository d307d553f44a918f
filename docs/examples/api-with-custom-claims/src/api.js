import { createRemoteJWKSet, jwtVerify } from 'jose';

/** How many orders a client may ask for at once. */
const limits = new Map([
  ['free', 10],
  ['pro', 1000],
]);

/**
 * An API that knows by the claim `plan` what its caller may do.
 *
 * @param {string} issuer for example `https://my-tenant.logto.app/oidc`
 * @param {string} audience the API's resource indicator in Logto
 * @returns {(request: Request) => Promise<Response>}
 */
export const createApi = (issuer, audience) => {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  return async (request) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience });
      const limit = limits.get(String(payload.plan));
      if (limit === undefined) return Response.json({ error: 'no plan' }, { status: 403 });
      return Response.json({ client: payload.sub, limit });
    } catch {
      return Response.json({ error: 'no valid token' }, { status: 401 });
    }
  };
};
