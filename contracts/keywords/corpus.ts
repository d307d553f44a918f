/** The bodies that people sent and the verdict on each: cases, recordings, the document's examples. */
import {
  dereference,
  exampleNames,
  operationsById,
  requestExample,
  responseOf,
} from '../../src/contract/document.ts';
import type { Exchange } from '../../src/contract/exchange.ts';
import { bodyOf } from '../../src/contract/expected.ts';
import { type Case, loadCases } from '../../src/contract/index.ts';
import { isObject, type Json, valueAt } from '../../src/contract/json.ts';
import { openRecordings } from '../../src/contract/targets/recordings.ts';
import { validate } from '../../src/contract/validate.ts';
import { variantsOf } from '../../src/contract/validate-by-document.ts';
import { recordedExchanges, recordedReleases } from '../conforming/index.ts';
import { type Visit, visitsOf } from './schema.ts';
import type { Validators } from './validators.ts';

/** A value that was sent and what tenants of the newest release say of it. */
export interface Sent {
  /** `case: …`, `recording: …` or `example: …` */
  name: string;
  /** The schema of the document that speaks of it. */
  schema: string;
  body: Json;
  isAccepted: boolean;
  visits: Visit[];
}

type Verdict = Pick<Sent, 'body' | 'isAccepted'>;

/** The schema of a token type's customizer, and of a test of one. */
const customizerOf: Record<string, string> = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
};

const unions = ['JwtCustomizer', 'JwtCustomizerTestRequest'];

const schemasOf = (operation: string, tokenType: unknown): string[] => {
  if (operation === 'RequestToken') return ['TokenRequest'];
  const customizer = customizerOf[String(tokenType)];
  if (customizer === undefined) return [];
  return operation === 'TestJwtCustomizer'
    ? [`${customizer}TestRequest`, 'JwtCustomizerTestRequest']
    : [customizer, 'JwtCustomizer'];
};

/** What a status says of the body; nothing when the body was not looked at. Storage refuses with 422 and 500. */
const verdictOf = (operation: string, status: number, answer: { code?: unknown }): boolean | undefined => {
  if (status < 300) return true;
  // What no schema says of: who asks, for what.
  if (operation === 'RequestToken') return undefined;
  if (status === 400) return answer.code === 'guard.invalid_input' ? false : undefined;
  if (operation === 'TestJwtCustomizer') return status === 403 || status === 422 || undefined;
  if (status === 404) return answer.code === 'entity.not_exists_with_id' || undefined;
  return status === 422 || status === 500 ? false : undefined;
};

const sentBy = (contract: Case): Json | undefined => {
  const { raw, form, bytes } = contract.request;
  return raw === undefined && bytes === undefined ? (form ?? bodyOf(contract)) : undefined;
};

const ofCase = (contract: Case): (Verdict & { schema: string })[] => {
  const { request, expect } = contract;
  const { operation, tokenType, method, authorization = 'good' } = request;
  const isHeard = authorization === 'good' || operation === 'RequestToken';
  if (contract.before !== undefined || method !== undefined || !isHeard) return [];
  const isPathRefused = expect.issues?.includes('/tokenTypePath') === true;
  const path = { schema: 'TokenType', body: tokenType as Json, isAccepted: !isPathRefused };
  const isPathJudged = tokenType !== undefined && (isPathRefused || expect.status < 300);
  const body = sentBy(contract);
  const isAccepted = verdictOf(operation, expect.status, { code: expect.code });
  const judged = body === undefined || isAccepted === undefined || isPathRefused ? undefined : body;
  return [
    ...(isPathJudged ? [path] : []),
    ...(judged === undefined
      ? []
      : schemasOf(operation, tokenType ?? valueAt(judged, '/tokenType')).map((schema) => ({
          schema,
          body: judged,
          isAccepted: isAccepted === true,
        }))),
  ];
};

const ofRecordings = (): Omit<Sent, 'visits'>[] =>
  recordedExchanges(recordedReleases.at(-1) ?? '').flatMap(({ name, request, response }) => {
    const { method, path, auth, body } = request;
    const operation = Object.values(operationsById).find(
      (candidate) =>
        candidate.method === method &&
        new RegExp(`^${candidate.path.replace('{tokenTypePath}', '(?!test)[^/]+')}$`).test(path),
    );
    const code = isObject(response.body) ? response.body['code'] : undefined;
    const isAccepted = operation && verdictOf(operation.id, response.status, { code });
    const isJudged = (auth ?? 'good') === 'good' && body !== undefined && isAccepted !== undefined;
    if (!isJudged || operation === undefined) return [];
    const tokenType =
      operation.id === 'TestJwtCustomizer' ? valueAt(body, '/tokenType') : path.split('/').at(-1);
    return schemasOf(operation.id, tokenType).map((schema) => ({
      name: `recording: ${name}`,
      schema,
      body,
      isAccepted,
    }));
  });

const ofExamples = (): Omit<Sent, 'visits'>[] =>
  exampleNames().requests.flatMap((name) => {
    const body = requestExample(name) as Json;
    return [...unions, 'TokenRequest', ...Object.values(customizerOf)].map((schema) => ({
      name: `example: ${name}`,
      schema,
      body,
      isAccepted: true,
    }));
  });

/**
 * What was sent: cases that were recorded, other cases, then the rest.
 *
 * @throws {Error} when a schema does not say of a body what tenants do.
 */
export const loadSent = ({ accepts, fits }: Validators): Sent[] => {
  const recorded = (contract: Case): number => ('recording' in contract.evidence ? 0 : 1);
  const cases = loadCases().sort((a, b) => recorded(a) - recorded(b));
  const ofCases = cases.flatMap((contract) =>
    ofCase(contract).map((verdict) => ({ name: `case: ${contract.name}`, ...verdict })),
  );
  return [...ofCases, ...ofRecordings(), ...ofExamples()].flatMap((sent) => {
    const agrees = accepts(sent.schema, sent.body) === sent.isAccepted;
    const isAboutIt = !unions.includes(sent.schema) && !sent.name.startsWith('example: ');
    if (!agrees && isAboutIt)
      throw new Error(`${sent.name}: ${sent.schema} does not say of the body what tenants do`);
    if (!agrees) return [];
    const visits = visitsOf(sent.schema, sent.body, sent.isAccepted ? fits : () => true);
    // Of what a variant says, its own line tells.
    const isOwn = ({ place }: Visit): boolean =>
      !unions.includes(sent.schema) || place.schema === sent.schema;
    return [{ ...sent, visits: visits.filter(isOwn) }];
  });
};

/** A recorded answer. */
export interface RecordedResponse {
  /** The name of its case. */
  name: string;
  body: Json;
  /** The schemas of which the document wants one to hold. */
  variants: string[];
  visits: Visit[];
  /** Whether the suite finds the answer documented with that body in its place. */
  isDocumented(body: Json): boolean;
}

const responseTo = (
  contract: Case,
  exchange: Exchange,
  { accepts, fits }: Validators,
): RecordedResponse[] => {
  const { operation, tokenType } = contract.request;
  const type = exchange.headers['content-type']?.split(';')[0] ?? '';
  const media = responseOf(operation, exchange.status)?.content?.[type];
  if (media === undefined || dereference(media.schema)['const'] !== undefined) return [];
  const variants = variantsOf(media.schema, tokenType);
  const body = exchange.body as Json;
  const variant = variants.find((name) => accepts(name, body));
  if (variant === undefined) return [];
  const isDocumented = (candidate: Json): boolean =>
    validate(contract, { ...exchange, body: candidate }).every(({ check }) => check !== 'schema');
  return [{ name: contract.name, body, variants, visits: visitsOf(variant, body, fits), isDocumented }];
};

/** The recorded answers of the cases, of the newest release first. */
export const loadResponses = (validators: Validators): RecordedResponse[] => {
  const cases = loadCases();
  return recordedReleases.toReversed().flatMap((release) => {
    const target = openRecordings(release);
    const recorded = new Map(
      recordedExchanges(release).map((exchange) => [exchange.name, exchange.response]),
    );
    return cases.flatMap((contract) => {
      const { evidence } = contract;
      const response = 'recording' in evidence ? recorded.get(evidence.recording) : undefined;
      if (response === undefined || target.cannotShow(contract) !== undefined) return [];
      const { status, headers, body = '' } = response;
      return responseTo(contract, { status, headers, body, hasAllHeaders: false, after: {} }, validators);
    });
  });
};
