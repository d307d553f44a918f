/** What is wrong is the HTTP itself: its lines, its end, target, method, headers. */
import { any, type HostileRequest, item, listed, named, requestsOf } from './requests.ts';

export const httpCorpus = (token: string): HostileRequest[] => {
  const { head, json, get } = requestsOf(token);

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
  return [...malformed, ...cut, ...targets, ...methods, ...headers, ...authorizations];
};
