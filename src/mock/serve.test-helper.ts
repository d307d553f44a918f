import { connect } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { type Mock, type MockOptions, startMock } from './index.ts';

export const base = '/api/configs/jwt-customizer';

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** A body that is sent as it is. */
  raw?: string | URLSearchParams | ReadableStream;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** Sends an authorized request; JSON answers are parsed. */
export const call = async (url: string, path: string, options: Call = {}): Promise<Answered> => {
  const { method = 'GET', headers, body, raw } = options;
  const response = await fetch(url + path, {
    method,
    headers: { authorization: 'Bearer some-token', 'content-type': 'application/json', ...headers },
    ...(raw !== undefined && { body: raw, duplex: 'half' }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  } as RequestInit);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
};

/** Writes `text` to a socket and answers all that comes back until the other side closes. */
export const sendRaw = (url: string, text: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

/** A mock for the tests of a file, and the lines that it logs. */
export const serveMock = (options: MockOptions = {}) => {
  const lines: string[] = [];
  let mock: Mock | undefined;
  beforeAll(async () => {
    mock = await startMock({ log: (line) => lines.push(line), ...options });
  });
  afterAll(() => mock?.close());
  const url = (): string => {
    if (mock === undefined) throw new Error('the mock does not run yet');
    return mock.url;
  };
  return {
    lines,
    url,
    call: (path: string, callOptions?: Call) => call(url(), path, callOptions),
  };
};
