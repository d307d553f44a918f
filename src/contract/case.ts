import type { TokenType } from '../../generated/types.d.ts';
import type { Evidence } from '../report/index.ts';
import type { OperationId } from './document.ts';
import type { Json } from './json.ts';

/** The customizers that a tenant has, by token type. One that is absent does not exist. */
export type Customizers = { [T in TokenType]?: { [field: string]: Json } };

/** How a request is authorized. */
export type Authorization =
  /** an access token with the permission `all` */
  | 'good'
  /** no Authorization header, unless the case's own headers have one */
  | 'none'
  /** `Bearer` and something that is no token */
  | 'garbage'
  /** a valid access token without the permission `all` */
  | 'noperm'
  /** HTTP Basic with client id and client secret, for the token endpoint */
  | 'client';

export interface CaseRequest {
  operation: OperationId;
  /** Another method than the operation's, for what the path refuses. */
  method?: string;
  /** `tokenTypePath`. Another text than a token type is for what the path refuses. */
  tokenType?: string;
  /** @default 'good' */
  authorization?: Authorization;
  headers?: Record<string, string>;
  /** A body to send as JSON. */
  body?: Json;
  /** The name of the document's example that `body` is, if it is one. */
  example?: string;
  /** A body to send as it stands, with the content type of JSON. */
  raw?: string;
  /** A body `{"script":"xx…"}` of exactly so many bytes. */
  bytes?: number;
  /** A body to send as a form. `<id>`, `<secret>` and `<resource>` stand for the target's own. */
  form?: Record<string, string>;
}

/**
 * What the response, and what is stored afterwards, must be:
 * - `merged`: what was stored with the fields sent in place of the stored ones
 * - `replaced`: what was sent
 * - `stored`: what was stored
 * - `list`: what was stored, as a list of configs
 * - `deleted`: an empty answer; the customizer is gone
 *
 * Without one, and on every refusal, what is stored must be what was stored before.
 */
export type BodyRule = 'merged' | 'replaced' | 'stored' | 'list' | 'deleted';

export interface CaseExpectation {
  status: number;
  /** Logto's error code; `null` for a response that has none. */
  code?: string | null;
  /** JSON Pointers of the issues of a 400, each wrong place once. An unrecognized key stands at its object. */
  issues?: string[];
  body?: BodyRule;
  /** JSON Pointers into the request body of what a tenant drops in silence. */
  drops?: string[];
  /**
   * The name of the document's example that shows this answer. A response of success equals it; an error has its
   * code and its issues (`message` is for people: releases and languages differ).
   */
  example?: string;
  /** JSON Pointers of values in which answer and example may differ, such as a token. */
  varies?: string[];
  /** JSON Pointers of what the response may hold although the document does not know it: fields of an older release. */
  undocumented?: string[];
  /** Values that the response's body must have, by JSON Pointer. */
  values?: Record<string, Json>;
  /** Headers and their values, names in lower case. */
  headers?: Record<string, string>;
  /** Headers that must not be there. */
  headersAbsent?: string[];
}

/** One request and what every tenant answers. It knows no target. */
export interface Case {
  /** What it shows, as a sentence. Unique. */
  name: string;
  /** The code of the rule that it is about, of `contracts/rules.json`. */
  rule: string;
  /** The file it stands in, without its ending. */
  group: string;
  given: Customizers;
  request: CaseRequest;
  expect: CaseExpectation;
  /** The first release of Logto that it holds for. */
  since?: string;
  /** The first release of Logto that it no longer holds for. */
  before?: string;
  /** It keeps a tenant of some releases from answering anybody for seconds. */
  disruptive?: boolean;
  evidence: Evidence;
}
