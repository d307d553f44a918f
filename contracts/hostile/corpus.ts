/** Requests that mean harm, or are made by broken programs, byte by byte. */
import { readFileSync } from 'node:fs';

export interface HostileRequest {
  name: string;
  /** What goes over the wire. */
  bytes: string | Buffer;
  /** The status of the answer, as a pattern; `closed` when the connection may end without one. */
  expected: RegExp | 'closed';
  /** A second mock of the same process, with the scripts of 1.28. */
  isOld?: boolean;
}

/** vitest cannot import JSON with a lone surrogate. */
const scripts: Record<string, string> = JSON.parse(
  readFileSync(new URL('scripts.json', import.meta.url), 'utf8'),
);

const item = '/api/configs/jwt-customizer/access-token';
const refused = /^4\d\d$/;
const any = /^[2345]\d\d$/;

/** @param token - for what is to come past the authorization */
export const corpus = ([token = '', oldToken = '']: readonly string[]): HostileRequest[] => {
  const head = `Host: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`;
  const json = `${head}Content-Type: application/json\r\n`;
  const write = (body: string | Buffer, { method = 'PATCH', path = item, fields = json } = {}): Buffer =>
    Buffer.concat([
      Buffer.from(
        `${method} ${path} HTTP/1.1\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
      ),
      Buffer.from(body),
    ]);
  const named = (
    group: string,
    expected: HostileRequest['expected'],
    all: Record<string, string | Buffer>,
  ): HostileRequest[] =>
    Object.entries(all).map(([name, bytes]) => ({ name: `${group}: ${name}`, bytes, expected }));
  const listed = <T>(all: readonly T[], make: (one: T) => string | Buffer): Record<string, string | Buffer> =>
    Object.fromEntries(all.map((one) => [JSON.stringify(one).slice(0, 60), make(one)]));
  const get = (fields: string, path = item): string => `GET ${path} HTTP/1.1\r\n${head}${fields}\r\n`;

  const malformed = named('malformed HTTP', /^(400|431)$/, {
    ...listed(
      [
        'GET\r\n\r\n',
        'NOPE / HTTP/1.1\r\n\r\n',
        'GET / HTTP/9\r\n\r\n',
        'GET / HTTP/1.1 x\r\n\r\n',
        '\0\0\0\r\n\r\n',
        'GET /\x01 HTTP/1.1\r\n\r\n',
        'GET / HTTP/1.1\r\n: x\r\n\r\n',
        'GET / HTTP/1.1\r\nno colon\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\nA B: c\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n',
        'GET / HTTP/1.1\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, x\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        '\x16\x03\x01\x02\0\x01\0\x01',
        '{"script":"x"}\r\n\r\n',
        'SSH-2.0-OpenSSH_9.0\r\n\r\n',
      ],
      (text) => text,
    ),
    'a header of 20,000 bytes': get(`X: ${'x'.repeat(20_000)}\r\n`),
    'a target of 20,000 bytes': get('', `/${'x'.repeat(20_000)}`),
    'a token of 20,000 bytes': `GET ${item} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'x'.repeat(20_000)}\r\n\r\n`,
  });

  const cut = named('cut off', 'closed', {
    nothing: '',
    'half a head': `PATCH ${item} HTTP/1.1\r\nHost: a\r\n`,
    'half a body': `PATCH ${item} HTTP/1.1\r\n${json}Content-Length: 100\r\n\r\n{"script"`,
    'half a chunk': `PATCH ${item} HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\nff\r\n{"scr`,
    'a chunk that is none': `PATCH ${item} HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{"scr`,
    CONNECT: 'CONNECT elsewhere.test:443 HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n',
    'an upgrade to WebSocket': get(
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n',
    ),
    'an upgrade to HTTP/2': get(
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n',
    ),
  });

  const targets = named(
    'target',
    any,
    listed(
      [
        '//',
        '/%',
        `${item}/%zz`,
        `${item}/..`,
        `${item}/%2e%2e`,
        `${item}/../../../../etc/passwd`,
        `${item}%00`,
        `${item}?${'a=1&'.repeat(2_000)}`,
        `${item}?__proto__=1&constructor=2&__code=__proto__`,
        `${item}?__code=999`,
        `${item}?__example=__proto__`,
        `${item}?__dynamic=true`,
        'http://elsewhere.test',
        `http://elsewhere.test${item}`,
        '/?x=%zz',
        '/#',
        '/api/configs/jwt-customizer/__proto__',
        '/api/configs/jwt-customizer/constructor',
        '/api/configs/jwt-customizer/toString',
        '/__proto__',
        '/constructor',
        `${item};a=b`,
        `${item}//`,
        '/api//configs/jwt-customizer',
        '/API/CONFIGS/JWT-CUSTOMIZER',
        '/oidc/jwks/../token',
        '/oidc/.well-known/openid-configuration?x',
      ],
      (path) => get('', path),
    ),
  );
  const methods = named(
    'method',
    any,
    listed(
      ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE', 'LOCK', 'MKCOL', 'SEARCH', 'M-SEARCH', 'QUERY'],
      (method) => `${method} ${item} HTTP/1.1\r\n${head}\r\n`,
    ),
  );

  const headers = named(
    'header',
    any,
    listed(
      [
        'Accept: */*;q=abc',
        'Accept:',
        'Accept: ;;;',
        'Accept: a/b/c',
        'Accept: \xff',
        `Accept: ${'a/b,'.repeat(3_000)}`,
        'Accept-Language: \xff\xfe',
        'Accept-Encoding: gzip;q=9, *;q=x',
        'Content-Type: application/json; charset=utf-7',
        'Content-Type: ;',
        'Content-Type: multipart/form-data',
        'Content-Encoding: gzip',
        'Cookie: a=b; __proto__=c',
        'Prefer: code=__proto__',
        'Prefer: code=404; example="',
        'Prefer: example=__proto__',
        'Prefer: dynamic=true, seed=__proto__',
        'Prefer: code=200, code=500',
        `Prefer: ${'code=404,'.repeat(1_000)}`,
        `Prefer: ${'"'.repeat(10_000)}`,
        `Prefer: ${';'.repeat(10_000)}`,
        'If-None-Match: *',
        'If-None-Match: "',
        `If-None-Match: ${'W/"a",'.repeat(2_000)}`,
        `Cache-Control: ${','.repeat(10_000)}`,
        `Cache-Control: ${' '.repeat(10_000)}no-cache`,
        'If-Modified-Since: never',
        'Range: bytes=-1',
        'Expect: nonsense',
        'Origin: null',
        'X-Forwarded-For: \x7f',
        'X-HTTP-Method-Override: DELETE',
        '__proto__: 1',
        'constructor: 1',
        'toString: 1',
        'Host: elsewhere.test',
        'Connection: x, y, close',
        'Keep-Alive: timeout=-1',
        'Transfer-Encoding: identity',
        'Content-Length: 0',
        'Trailer: X',
        'TE: trailers',
        'Via: 1.1 x',
        'Forwarded: for="[',
      ],
      (field) => Buffer.from(get(`${field}\r\n`), 'latin1'),
    ),
  );
  const authorizations = named(
    'authorization',
    /^401$/,
    listed(
      [
        '',
        'Bearer',
        'Bearer ',
        'Bearer \xff',
        'Bearer ..',
        'Bearer a.b.c',
        `Bearer ${'.'.repeat(10_000)}`,
        'Bearer eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImFsbCJ9.',
        'Bearer __proto__',
        'bearer x',
        'Basic Og==',
        'Basic \xff',
        'Digest username="a"',
        `${token.slice(0, 20)}`,
      ],
      (value) =>
        Buffer.from(
          `GET ${item} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: ${value}\r\n\r\n`,
          'latin1',
        ),
    ),
  );

  const deep = (open: string, close: string, times = 20_000): string =>
    open.repeat(times) + close.repeat(times);
  const inside = (value: string): string =>
    `{"script":"x","contextSample":{"user":{"customData":{"a":${value}}}}}`;
  const bodies = named('body', refused, {
    ...listed(
      [
        '{',
        'nope',
        '"x"',
        '1',
        'null',
        'true',
        '\0',
        '\ufeff',
        '[]',
        '{"script":"x"',
        '{"script":"x",}',
        '{"script":1}',
        '{"script":"x","имя":1}',
        '{"script":"x","💥":1}',
        '{"script":"x","__proto__":{"a":1}}',
        '{"script":"x","constructor":{"prototype":{}}}',
        '{"__proto__":{"script":"x"}}',
        '{"script":"x","environmentVariables":{"a":1}}',
        '{"script":"x","environmentVariables":[]}',
        '{"script":"x","environmentVariables":{"toString":{}}}',
        '{"script":{"toString":1}}',
        '{"script":"x","contextSample":{"user":null}}',
        '{"script":"x","tokenSample":{"kind":"__proto__"}}',
        `{"script":"x",${'"a":1,'.repeat(100_000)}"b":1}`,
        `{"script":1e${'9'.repeat(1_000)}}`,
        `{${'"k":['.repeat(1_000)}`,
      ],
      (body) => write(body, { method: 'PUT' }),
    ),
    '20,000 arrays deep': write(deep('[', ']')),
    '20,000 objects deep': write(deep('{"a":', '}').replace(':}', ':1}')),
    '500,000 arrays deep': write(deep('[', ']', 500_000)),
    'bytes that are no UTF-8': write(Buffer.from([0x7b, 0xff, 0xfe, 0x80, 0x7d])),
    'gzip that says it is JSON': write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])),
    'a megabyte of zeros': write(Buffer.alloc(1_000_000)),
    '11 MB': write(`{"script":"${'x'.repeat(11e6)}"}`),
    '11 MB in chunks': `PATCH ${item} HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\na7d8c0\r\n${'x'.repeat(11e6)}\r\n0\r\n\r\n`,
    '11 MB to /test': write('x'.repeat(11e6), {
      method: 'POST',
      path: '/api/configs/jwt-customizer/test',
    }),
    '11 MB to the token endpoint': write('x'.repeat(11e6), { method: 'POST', path: '/oidc/token' }),
    '11 MB to nowhere': write('x'.repeat(11e6), { method: 'POST', path: '/nope' }),
    'one byte in chunks of nothing': `PATCH ${item} HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5_000)}\r\n{\r\n0\r\n\r\n`,
  });
  const stored = named('stored', any, {
    '20,000 deep inside': write(inside(deep('[', ']')), { method: 'PUT' }),
    '20,000 objects deep inside': write(inside(deep('{"a":', '}').replace(':}', ':1}')), { method: 'PUT' }),
    '400,000 deep inside': write(inside(deep('[', ']', 400_000)), { method: 'PUT' }),
    'prototype keys inside': write(inside('{"__proto__":{"a":1},"constructor":{"prototype":{"b":1}}}'), {
      method: 'PUT',
    }),
    'lone surrogates': write('{"script":"\\ud800"}', { method: 'PUT' }),
    'U+0000': write('{"script":"\\u0000"}', { method: 'PUT' }),
    'a thousand variables': write(
      JSON.stringify({
        script: 'x',
        environmentVariables: Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`V${i}`, 'x'])),
      }),
      { method: 'PUT' },
    ),
  });
  const forms = named(
    'token request',
    refused,
    listed(
      [
        '',
        '&&&',
        '%',
        '=',
        'grant_type',
        'grant_type=client_credentials',
        'grant_type=__proto__&client_id=a&client_secret=b',
        'grant_type=client_credentials&client_id=__proto__&client_secret=x',
        'grant_type=client_credentials&client_id=a&client_secret=b&resource=__proto__',
        'grant_type=client_credentials&client_id=%00&client_secret=%ff&resource=x',
        `grant_type=client_credentials&client_id=${'a'.repeat(1e5)}&client_secret=b`,
        'a=1&'.repeat(50_000),
        '{"grant_type":"client_credentials"}',
      ],
      (form) =>
        write(form, {
          method: 'POST',
          path: '/oidc/token',
          fields: 'Host: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n',
        }),
    ),
  );
  const run = (script: string, bearer: string): Buffer =>
    write(
      JSON.stringify({
        tokenType: 'client-credentials',
        script,
        token: { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' },
        context: {},
        environmentVariables: { HIDDEN: 'variable-to-hide' },
      }),
      {
        method: 'POST',
        path: '/api/configs/jwt-customizer/test',
        fields: `Host: a\r\nAuthorization: Bearer ${bearer}\r\nConnection: close\r\nContent-Type: application/json\r\n`,
      },
    );
  const running = Object.entries(scripts).flatMap(([name, script]): HostileRequest[] => [
    { name: `script, 1.43: ${name}`, bytes: run(script, token), expected: any },
    { name: `script, 1.28: ${name}`, bytes: run(script, oldToken), expected: any, isOld: true },
  ]);
  return [
    ...malformed,
    ...cut,
    ...targets,
    ...methods,
    ...headers,
    ...authorizations,
    ...bodies,
    ...stored,
    ...forms,
    ...running,
  ];
};
