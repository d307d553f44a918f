/** Requests out of the bytes of a connection: HTTP/1.1 with `Content-Length`, as fetch sends a text. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const parseHead = (head: string): Omit<WireRequest, 'body'> => {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { method, path, headers };
};

/** Keeps what is not yet a whole request. */
export const createRequestReader = (): ((data: Uint8Array) => WireRequest[]) => {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const requests: WireRequest[] = [];
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end === -1) return requests;
      const head = parseHead(rest.subarray(0, end).toString('latin1'));
      if (head.headers['transfer-encoding'] !== undefined) throw new Error('a body without Content-Length');
      const bodyEnd = end + 4 + Number(head.headers['content-length'] ?? 0);
      if (rest.length < bodyEnd) return requests;
      requests.push({ ...head, body: rest.subarray(end + 4, bodyEnd).toString() });
      rest = rest.subarray(bodyEnd);
    }
  };
};
