/** What is wrong is the HTTP itself: its lines, its end, target, method, headers. */
import { any, type HostileRequest, item, listed, lists, named, requestsOf } from './requests.ts';

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
