/** The responses of a server as bytes. */
import { gzipSync } from 'node:zlib';

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** A wrong `Content-Length`; `none` omits the header. */
  readonly length?: number | 'none';
}

const bytesOf = (body: string | Uint8Array): Buffer => Buffer.from(body as string);

/** The status line and the headers, up to the empty line. */
export const headOf = ({ status = 200, headers = {}, body = '', length }: Reply): Buffer => {
  const lines = {
    ...(length !== 'none' && { 'Content-Length': `${length ?? bytesOf(body).length}` }),
    ...headers,
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} Scripted\r\n${text.join('')}\r\n`);
};

/** A complete response. */
export const bytes = (reply: Reply): Buffer => Buffer.concat([headOf(reply), bytesOf(reply.body ?? '')]);

/** A response without its last bytes. */
export const cut = (reply: Reply, missing: number): Buffer => bytes(reply).subarray(0, -missing);

export const requestId = 'K3E8-GiJ6Rjmyww3';

export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: {
    'Content-Type': 'application/json; charset=utf-8',
    'Logto-Core-Request-Id': requestId,
    ...headers,
  },
  body: JSON.stringify(value),
});

/** A page such as a proxy, a login wall or a parked domain sends. */
export const page = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html', ...headers },
  body: `<!doctype html><title>${status}</title><h1>${status}</h1>`,
});

/** 204, Logto's response to DELETE. */
export const noContent: Reply = {
  status: 204,
  length: 'none',
  headers: { 'Logto-Core-Request-Id': requestId },
};

export const redirect = (status: number, location: string): Reply => ({
  status,
  headers: { Location: location },
});

export const gzipped = (reply: Reply): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'Content-Encoding': 'gzip' },
  body: gzipSync(reply.body ?? ''),
});

/** A chunked body without the last chunk. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
