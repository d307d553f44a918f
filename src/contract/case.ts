import type { TokenType } from '../../generated/types.d.ts';
import type { Evidence } from '../report/index.ts';
import type { OperationId } from './document.ts';
import type { Json } from './json.ts';

/** The customizers of a tenant, by token type. An absent one does not exist. */
export type Customizers = { [T in TokenType]?: { [field: string]: Json } };

/** How a request is authorized. */
export type Authorization =
  /** an access token with the permission `all` */
  | 'good'
  /** no Authorization header, unless the case's own headers have one */
  | 'none'
  /** `Bearer` and an invalid token */
  | 'garbage'
  /** a valid access token without the permission `all` */
  | 'noperm'
  /** HTTP Basic with client id and client secret, for the token endpoint */
  | 'client';

export interface CaseRequest {
  operation: OperationId;
  /** A method other than the operation's, for methods that the path refuses. */
  method?: string;
  /** `tokenTypePath`. It need not be a valid token type. */
  tokenType?: string;
  /** @default 'good' */
  authorization?: Authorization;
  headers?: Record<string, string>;
  /** A body to send as JSON. */
  body?: Json;
  /** The name of the document's example that `body` is, if it is one. */
  example?: string;
  /** A body to send unchanged, with the content type of JSON. */
  raw?: string;
  /** Sends a body `{"script":"xx…"}` of exactly this many bytes. */
  bytes?: number;
  /** A body to send as a form. `<id>`, `<secret>` and `<resource>` stand for the target's values. */
  form?: Record<string, string>;
}

/**
 * What the response and the stored customizer must be:
 * - `merged`: the stored customizer with the fields in the request replaced
 * - `replaced`: the request's body
 * - `stored`: the stored customizer
 * - `list`: the stored customizers, as a list of configs
 * - `deleted`: an empty response; the customizer is gone
 *
 * Without a rule, and after every refusal, the stored customizers must be unchanged.
 */
export type BodyRule = 'merged' | 'replaced' | 'stored' | 'list' | 'deleted';

export interface CaseExpectation {
  status: number;
  /** Logto's error code; `null` for a response without one. */
  code?: string | null;
  /** JSON Pointers of the issues of a 400, each once. An unrecognized key is reported at its object. */
  issues?: string[];
  body?: BodyRule;
  /** JSON Pointers to the fields of the request body that a tenant silently drops. */
  drops?: string[];
  /**
   * The name of the document's example of this response. A successful response equals it; an error has its code and
   * issues (`message` differs between releases and languages).
   */
  example?: string;
  /** JSON Pointers of values in which response and example may differ, such as a token. */
  varies?: string[];
  /** JSON Pointers of undocumented fields that the response may have: those of an older release. */
  undocumented?: string[];
  /** Values that the response's body must have, by JSON Pointer. */
  values?: Record<string, Json>;
  /** Headers and their values, names in lower case. */
  headers?: Record<string, string>;
  /** Headers that must be absent. */
  headersAbsent?: string[];
}

/** One request and the response that every tenant must give. It is independent of targets. */
export interface Case {
  /** What it shows, as a sentence. Names are unique. */
  name: string;
  /** The code of the rule that it tests, from `contracts/rules.json`. */
  rule: string;
  /** The name of its file without the extension. */
  group: string;
  given: Customizers;
  request: CaseRequest;
  expect: CaseExpectation;
  /** The first release of Logto that it applies to. */
  since?: string;
  /** The first release of Logto that it no longer applies to. */
  before?: string;
  /** It blocks a tenant of some releases for seconds. */
  disruptive?: boolean;
  evidence: Evidence;
}
