/** How secrets are spelt, and a tenant that spells them out. */
import type { TenantRequest } from '../src/tenant/index.ts';
import type { Hook } from './conforming/index.ts';

/** JSON with every character escaped. */
const escaped = (text: string): string =>
  [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** Base64 of a longer string that contains it at this offset, as in `id:secret`. */
const embedded = (text: string, before: number): string =>
  Buffer.from(`${'i'.repeat(before)}${text}:rest`).toString('base64');

/** Commands that a terminal and GitHub Actions would execute. */
const commands = '\n::error::said by the tenant\n  ::add-mask::a\n##[set-output name=x]y \u001b[2J\u009b2J';

/**
 * A tenant that returns everything it receives, in every encoding, like a debugging proxy.
 *
 * @param secrets - gets the tokens
 * @param isFor - whether it responds to a request in this way
 */
export const createEcho = (secrets: Set<string>, isFor: (request: TenantRequest) => boolean): Hook => {
  let isJson = false;
  return async (request, next) => {
    const authorization = request.headers['authorization'] ?? '';
    const response = await next();
    // `garbage` and `YTpi` are words of the cases.
    for (const token of authorization.split(' ').slice(1)) if (token.length > 10) secrets.add(token);
    const granted = /"access_token":"([^"]+)"/.exec(response.body)?.[1];
    if (granted !== undefined) secrets.add(granted);
    if (!isFor(request)) return response;
    const token = authorization.split(' ')[1] ?? '';
    const told = [
      authorization,
      encodeURIComponent(authorization),
      JSON.stringify({ token }),
      escaped(token),
      JSON.stringify(`"${escaped(token)}"`),
      ...[0, 1, 2].map((before) => embedded(token, before)),
      String(request.body).slice(0, 2000),
      commands,
    ].join(' ');
    // JSON is redacted after parsing, a page as text.
    isJson = !isJson;
    return {
      ...response,
      status: 502,
      headers: {
        'content-type': isJson ? 'application/json' : 'text/html',
        'x-debug': authorization,
        'set-cookie': `session=${token}`,
      },
      body: isJson ? `{"code":"${escaped(token)}","${token}":${JSON.stringify(told)}}` : told,
    };
  };
};

export const spellings = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replaceAll('=', ''),
  Buffer.from(secret).toString('base64url'),
  encodeURIComponent(secret),
  new URLSearchParams({ secret }).toString().slice(7),
  JSON.stringify(secret).slice(1, -1),
  escaped(secret),
  JSON.stringify(escaped(secret)).slice(1, -1),
  // The part that does not depend on the surrounding bytes.
  ...[0, 1, 2].map((before) => embedded(secret, before).slice(4, -8)),
];
