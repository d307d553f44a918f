import type { TokenType } from '../../generated/types.d.ts';
import { isJson } from '../client/call/transport.ts';
import { parseJson } from '../client/json.ts';
import type { Customizers } from './case.ts';
import type { Difference } from './json.ts';

/** A target's response to a case's request. */
export interface Exchange {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed if it is valid JSON with the content type of JSON, otherwise a string; `''` without a body. */
  body: unknown;
  /** False when the evidence has only some headers: then an absent one proves nothing. */
  hasAllHeaders: boolean;
  /** The customizers stored afterwards, for the token types that were read back; `null` if there is none. */
  after: { [T in TokenType]?: Customizers[T] | null };
}

/** One place where an exchange differs from the expectation. `undefined` means absent. */
export interface Differing extends Difference {
  part: 'status' | 'headers' | 'body' | 'stored';
  /** The token type, if the place is in a stored customizer. */
  tokenType?: string;
}

/** One way in which a response breaks the contract. */
export interface Finding {
  /** What was checked. */
  check: 'status' | 'content type' | 'header' | 'schema' | 'code' | 'issues' | 'body' | 'example' | 'stored';
  message: string;
  /** For a schema: the JSON Pointer of the invalid value and the JSON Schema keyword that it violates. */
  violates?: { pointer: string; keyword: string };
  /** The name of a documented header that is missing, in lower case. */
  missing?: string;
  /** The place and its values, if the finding is about one place. The values come from the exchange. */
  differing?: Differing;
}

/** The deepest a tenant's guard reads plus the levels around it: comparing and copying recurse into each level. */
const maxDepth = 1_100;

/** The body to validate: parsed if it is valid JSON with the content type of JSON, otherwise a string. */
export const parseBody = (text: string, contentType: string | null | undefined): unknown => {
  if (!isJson(contentType)) return text;
  try {
    return parseJson(text, maxDepth);
  } catch {
    return text;
  }
};
