import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Case } from '../case.ts';
import { operationsById } from '../document.ts';
import { bodyOf } from '../expected.ts';
import { brief, isObject, type Json } from '../json.ts';
import type { Exchange } from '../judge.ts';
import { releaseOf } from '../releases.ts';
import { notOfRelease, type Target } from './target.ts';

/** The releases that were recorded. */
export const recordedReleases = ['1.28', '1.42', '1.43'] as const;
export type RecordedRelease = (typeof recordedReleases)[number];

/** A line of a recording, as `contracts/recordings/README.md` describes it. */
interface Line {
  release?: string;
  releases?: string[];
  name: string;
  given?: Case['given'];
  request: {
    method: string;
    path: string;
    auth?: string;
    headers?: Record<string, string>;
    body?: Json;
    raw?: string;
    form?: Record<string, string>;
  };
  response: { status: number; headers: Record<string, string>; body?: unknown };
  thenGet?: { status: number; body: unknown };
}

const folder = new URL('../../../contracts/recordings/', import.meta.url);

const lines = (file: string): Line[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** A very long text of one repeated character was recorded as its first 40 and its length. */
const restored = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.replace(/^(.)\1{39}… \((\d+) characters\)$/u, (_, unit: string, length) =>
      unit.repeat(Number(length)),
    );
  if (Array.isArray(value)) return value.map(restored);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item)]))
    : value;
};

const shortened = (text: string): string =>
  text.length > 100_000 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;

/** The case's request in the words of a recording. */
const asRecorded = (contract: Case): Partial<Line['request']> & { auth: string } => {
  const { request } = contract;
  const { method, path } = operationsById[request.operation];
  const body = bodyOf(contract);
  return {
    method: request.method ?? method,
    path: path.replace('{tokenTypePath}', request.tokenType ?? ''),
    auth: request.authorization ?? 'good',
    ...(request.headers && { headers: request.headers }),
    ...(request.bytes === undefined
      ? body !== undefined && { body }
      : { raw: shortened(JSON.stringify(body)) }),
    ...(request.raw !== undefined && { raw: request.raw }),
    ...(request.form && {
      form: {
        ...request.form,
        ...(request.form['resource'] === '<resource>' && { resource: 'https://default.logto.app/api' }),
      },
    }),
  };
};

/** The evidence of a case and the case must be about the same request, else the recording proves nothing. */
const assertSameRequest = (contract: Case, line: Line): void => {
  const { headers: _, ...recorded } = line.request.form ? line.request : { ...line.request };
  const { auth, ...sent } = asRecorded(contract);
  const expected = { ...sent, ...(line.request.auth !== undefined && { auth }) };
  const found = line.request.form ? recorded : line.request;
  if (!isDeepStrictEqual(expected, found))
    throw new Error(
      `the recording "${line.name}" is of another request: ${brief(found, 500)}, not ${brief(expected, 500)}`,
    );
  if (line.given !== undefined && !isDeepStrictEqual(contract.given, line.given))
    throw new Error(`the recording "${line.name}" is of another tenant: ${brief(line.given, 500)} was given`);
};

/** Replays what a real tenant of that release answered. */
export const openRecordings = (release: RecordedRelease): Target => {
  const swagger = JSON.parse(
    readFileSync(new URL(`logto-${release}.openapi.json`, folder), 'utf8'),
  ) as unknown;
  const byName = new Map<string, Line & { hasAllHeaders: boolean }>();
  for (const [file, hasAllHeaders] of [
    [`logto-${release}.jsonl`, true],
    ['conditional.jsonl', false],
    ['token-endpoint.jsonl', false],
  ] as const)
    for (const line of lines(file))
      if (line.release === release || line.releases?.includes(release))
        byName.set(line.name, { ...line, hasAllHeaders });

  const target = { name: `recordings ${release}`, release: releaseOf(swagger) };
  const lineOf = ({ evidence }: Case) =>
    'recording' in evidence ? byName.get(evidence.recording) : undefined;
  return {
    ...target,
    cannotShow: (contract) => {
      const reason = notOfRelease(contract, target);
      if (reason !== undefined) return reason;
      return lineOf(contract) === undefined
        ? 'not recorded: the evidence is a rule or an official guard'
        : undefined;
    },
    prepare: (contract) => contract,
    exchange: async (contract): Promise<Exchange> => {
      const line = lineOf(contract);
      if (line === undefined) throw new Error(`there is no recording of "${contract.name}"`);
      assertSameRequest(contract, line);
      const { status, headers, body } = line.response;
      const { thenGet } = line;
      return {
        status,
        headers,
        body: restored(body ?? ''),
        hasAllHeaders: line.hasAllHeaders,
        after:
          thenGet === undefined
            ? {}
            : {
                [contract.request.tokenType as TokenType]:
                  thenGet.status === 200 ? restored(thenGet.body) : null,
              },
      } as Exchange;
    },
    close: async () => {},
  };
};
