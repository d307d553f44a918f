/** Requests with invalid HTTP (lines, end, target, method, headers) or bodies (JSON, forms). */
import { any, type HostileRequest, item, listed, lists, named, refused, requestsOf } from './requests.ts';

export const httpCorpus = (token: string): HostileRequest[] => {
  const { head, json, get } = requestsOf(token);

  const malformed = named('malformed HTTP', /^(400|431)$/, {
    ...listed(lists.malformed, (text) => text),
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
    listed([...lists.targets, `${item}?${'a=1&'.repeat(2_000)}`], (path) => get('', path)),
  );
  const methods = named(
    'method',
    any,
    listed(lists.methods, (method) => `${method} ${item} HTTP/1.1\r\n${head}\r\n`),
  );

  const headers = named(
    'header',
    any,
    listed(
      [
        ...lists.headers,
        `Accept: ${'a/b,'.repeat(3_000)}`,
        `Prefer: ${'code=404,'.repeat(1_000)}`,
        `Prefer: ${'"'.repeat(10_000)}`,
        `Prefer: ${';'.repeat(10_000)}`,
        `If-None-Match: ${'W/"a",'.repeat(2_000)}`,
        `Cache-Control: ${','.repeat(10_000)}`,
        `Cache-Control: ${' '.repeat(10_000)}no-cache`,
      ],
      (field) => Buffer.from(get(`${field}\r\n`), 'latin1'),
    ),
  );
  const authorizations = named(
    'authorization',
    /^401$/,
    listed([...lists.authorizations, `Bearer ${'.'.repeat(10_000)}`, `${token.slice(0, 20)}`], (value) =>
      Buffer.from(
        `GET ${item} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: ${value}\r\n\r\n`,
        'latin1',
      ),
    ),
  );
  return [...malformed, ...cut, ...targets, ...methods, ...headers, ...authorizations];
};

export const bodyCorpus = (token: string): HostileRequest[] => {
  const { json, write } = requestsOf(token);

  const deep = (open: string, close: string, times = 20_000): string =>
    open.repeat(times) + close.repeat(times);
  const inside = (value: string): string =>
    `{"script":"x","contextSample":{"user":{"customData":{"a":${value}}}}}`;
  const bodies = named('body', refused, {
    ...listed(
      [
        ...lists.bodies,
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
    'gzip declared as JSON': write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])),
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
  const unread = named('body', /^400$/, {
    '20,000 deep inside': write(inside(deep('[', ']')), { method: 'PUT' }),
    '20,000 objects deep inside': write(inside(deep('{"a":', '}').replace(':}', ':1}')), { method: 'PUT' }),
    '400,000 deep inside': write(inside(deep('[', ']', 400_000)), { method: 'PUT' }),
    '40,000 empty roles': write(
      `{"script":"x","contextSample":{"user":{"roles":[${'{},'.repeat(40_000)}{}]}}}`,
      { method: 'PUT' },
    ),
  });
  const stored = named('stored', any, {
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
        ...lists.forms,
        `grant_type=client_credentials&client_id=${'a'.repeat(1e5)}&client_secret=b`,
        'a=1&'.repeat(50_000),
      ],
      (form) =>
        write(form, {
          method: 'POST',
          path: '/oidc/token',
          fields: 'Host: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n',
        }),
    ),
  );
  return [...bodies, ...unread, ...stored, ...forms];
};
