/** What tenants answered, by the case that asks for it, and whether the suite finds it documented. */

import { dereference, responseOf } from '../../src/contract/document.ts';
import type { Exchange } from '../../src/contract/exchange.ts';
import { type Case, loadCases } from '../../src/contract/index.ts';
import type { Json } from '../../src/contract/json.ts';
import { openRecordings } from '../../src/contract/targets/recordings.ts';
import { validate } from '../../src/contract/validate.ts';
import { variantsOf } from '../../src/contract/validate-by-document.ts';
import { recordedExchanges, recordedReleases } from '../conforming/index.ts';
import { type Visit, visitsOf } from './routes.ts';
import type { Validators } from './validators.ts';

/** A recorded answer. */
export interface Answer {
  /** The name of its case. */
  name: string;
  body: Json;
  /** The schemas of which the document wants one to hold. */
  variants: string[];
  visits: Visit[];
  /** Whether the suite finds the answer documented with that body in its place. */
  isDocumented(body: Json): boolean;
}

const answerTo = (contract: Case, exchange: Exchange, { accepts, fits }: Validators): Answer[] => {
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
export const loadAnswers = (validators: Validators): Answer[] => {
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
      return answerTo(contract, { status, headers, body, hasAllHeaders: false, after: {} }, validators);
    });
  });
};
