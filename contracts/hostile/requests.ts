/** Builds requests byte by byte. */
import written from './requests.json' with { type: 'json' };

export interface HostileRequest {
  name: string;
  /** The bytes to send. */
  bytes: string | Buffer;
  /** The expected status, as a pattern; `closed` if the connection may end without a response. */
  expected: RegExp | 'closed';
  /** Sent to the second mock of the process, which runs scripts as 1.28. */
  isOld?: boolean;
}

export const item = '/api/configs/jwt-customizer/access-token';
/** The parts of requests, by group. */
export const lists = Object.fromEntries(
  Object.entries(written).map(([group, all]) => [group, all.map((text) => text.replace('<item>', item))]),
) as typeof written;

export const refused = /^4\d\d$/;
export const any = /^[2345]\d\d$/;

/** The requests of a group, by name. */
export const named = (
  group: string,
  expected: HostileRequest['expected'],
  all: Record<string, string | Buffer>,
): HostileRequest[] =>
  Object.entries(all).map(([name, bytes]) => ({ name: `${group}: ${name}`, bytes, expected }));
/** Requests that are built from their names. */
export const listed = <T>(
  all: readonly T[],
  make: (one: T) => string | Buffer,
): Record<string, string | Buffer> =>
  Object.fromEntries(all.map((one) => [JSON.stringify(one).slice(0, 60), make(one)]));
/** @param token - for requests that must pass authorization */
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
