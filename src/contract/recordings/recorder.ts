import type { Case } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { wireOf } from '../expected.ts';
import { isObject, type Json } from '../json.ts';
import { type Kind, type Recorded, readRecorded, recordedReleases } from './files.ts';
import { type RecordedLine, recordedName } from './line.ts';

/** The Management API of every self-hosted tenant. */
const resource = 'https://default.logto.app/api';

/** The case's request in the words of a recording, long texts written out. Credentials stay placeholders. */
export const recordedRequest = (contract: Case, kind: Kind): RecordedLine['request'] => {
  const { request } = contract;
  const { method, path, body, text } = wireOf(contract);
  if (request.form !== undefined)
    return {
      method,
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      form: {
        ...request.form,
        ...(request.form['resource'] === '<resource>' && { resource }),
      },
    };
  const raw = request.bytes === undefined ? request.raw : text;
  return {
    method,
    path,
    ...(kind === 'exchanges' && { auth: request.authorization ?? 'good' }),
    ...(request.headers && { headers: request.headers }),
    ...(raw === undefined ? body !== undefined && { body } : { raw }),
  };
};

/** In place of every request id, which differs each time and proves nothing by its value. */
const requestId = 'K3E8-GiJ6Rjmyww3';

/** The headers that are kept, in the order in which they stand. All others are the server's or the network's. */
const headersOf: Record<Kind, readonly string[]> = {
  exchanges: ['allow', 'content-type', 'etag', 'logto-core-request-id'],
  conditional: ['content-type', 'etag', 'vary'],
  token: ['content-type'],
};

/** Takes down what a tenant answers, in the form of the recordings that there are. */
export interface Recorder {
  /** Whether what a GET answers afterwards belongs to the record of the case. */
  needsGet(contract: Case): boolean;
  /** The first exchange of a name is kept: cases that share their evidence send the same request. */
  add(contract: Case, exchange: Exchange, thenGet?: Pick<Exchange, 'status' | 'body'>): void;
  has(contract: Case): boolean;
  /** In the order of the model; what is new after it, in the order in which it came. */
  recorded(): Recorded[];
}

const keptHeaders = (kind: Kind, headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    headersOf[kind].flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, name === 'logto-core-request-id' ? requestId : value]];
    }),
  );

/** A token that was granted came here without it. */
const keptBody = (body: unknown): Json =>
  (isObject(body) && 'access_token' in body ? { ...body, access_token: '<jwt>' } : body) as Json;

const responseOf = (kind: Kind, { status, headers, body }: Exchange): RecordedLine['response'] => ({
  status,
  headers: keptHeaders(kind, headers),
  ...(!(kind === 'conditional' && body === '') && { body: keptBody(body) }),
});

/**
 * @param release As a recording's file names it, for example `1.42`.
 * @param model The recording whose names, files, fields and order are kept; the project's newest by default.
 */
export const createRecorder = (
  release: string,
  model: readonly Recorded[] = readRecorded(recordedReleases.at(-1) ?? ''),
): Recorder => {
  const order = new Map(model.map(({ line }, index) => [line.name, index]));
  const modelOf = (contract: Case): Recorded | undefined => model[order.get(recordedName(contract)) ?? -1];
  const kindOf = (contract: Case): Kind =>
    modelOf(contract)?.kind ?? (contract.request.operation === 'RequestToken' ? 'token' : 'exchanges');
  const needsStored = (contract: Case): boolean => {
    const recorded = modelOf(contract);
    return recorded === undefined || recorded.line.thenStored !== undefined;
  };
  const taken = new Map<string, Recorded>();

  const lineOf = (
    contract: Case,
    exchange: Exchange,
    thenGet: Pick<Exchange, 'status' | 'body'> | undefined,
  ): RecordedLine => {
    const name = recordedName(contract);
    const kind = kindOf(contract);
    const request = recordedRequest(contract, kind);
    const response = responseOf(kind, exchange);
    if (kind === 'token') return { name, releases: [release], request, response };
    if (kind === 'conditional') return { release, name, request, response };
    const tokenType =
      contract.request.tokenType === 'client-credentials' ? 'client-credentials' : 'access-token';
    return {
      release,
      name,
      tokenType,
      given: contract.given,
      request,
      response,
      ...(thenGet && { thenGet: { status: thenGet.status, body: thenGet.body as Json } }),
      ...(needsStored(contract) && { thenStored: exchange.after as { [type: string]: Json } }),
    };
  };

  return {
    needsGet: (contract) => modelOf(contract)?.line.thenGet !== undefined,
    add: (contract, exchange, thenGet) => {
      if (taken.has(recordedName(contract))) return;
      const line = lineOf(contract, exchange, thenGet);
      taken.set(line.name, { line, kind: kindOf(contract) });
    },
    has: (contract) => taken.has(recordedName(contract)),
    recorded: () => {
      const place = ({ line }: Recorded): number => order.get(line.name) ?? order.size;
      return [...taken.values()].sort((a, b) => place(a) - place(b));
    },
  };
};
