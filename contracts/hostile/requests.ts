/** How requests are written byte by byte. */
import written from './requests.json' with { type: 'json' };

export interface HostileRequest {
  name: string;
  /** What goes over the wire. */
  bytes: string | Buffer;
  /** The status of the answer, as a pattern; `closed` when the connection may end without one. */
  expected: RegExp | 'closed';
  /** A second mock of the same process, with the scripts of 1.28. */
  isOld?: boolean;
}

export const item = '/api/configs/jwt-customizer/access-token';
/** What requests are made of, group by group. */
export const lists = Object.fromEntries(
  Object.entries(written).map(([group, all]) => [group, all.map((text) => text.replace('<item>', item))]),
) as typeof written;

export const refused = /^4\d\d$/;
export const any = /^[2345]\d\d$/;

/** Requests of a group, by name. */
export const named = (
  group: string,
  expected: HostileRequest['expected'],
  all: Record<string, string | Buffer>,
): HostileRequest[] =>
  Object.entries(all).map(([name, bytes]) => ({ name: `${group}: ${name}`, bytes, expected }));
/** Requests that are made of what they are named by. */
export const listed = <T>(
  all: readonly T[],
  make: (one: T) => string | Buffer,
): Record<string, string | Buffer> =>
  Object.fromEntries(all.map((one) => [JSON.stringify(one).slice(0, 60), make(one)]));
/** @param token - for what is to come past the authorization */
export const requestsOf = (token: string) => {
  const head = `Host: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`;
  const json = `${head}Content-Type: application/json\r\n`;
  const write = (body: string | Buffer, { method = 'PATCH', path = item, fields = json } = {}): Buffer =>
    Buffer.concat([
      Buffer.from(
        `${method} ${path} HTTP/1.1\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
      ),
      Buffer.from(body),
    ]);
  const get = (fields: string, path = item): string => `GET ${path} HTTP/1.1\r\n${head}${fields}\r\n`;
  return { head, json, write, get };
};
