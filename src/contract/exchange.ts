import type { TokenType } from '../../generated/types.d.ts';
import { isJson } from '../client/call/transport.ts';
import { parseJson } from '../client/json.ts';
import type { Customizers } from './case.ts';
import type { Difference } from './json.ts';

/** What a target answered to a case's request. */
export interface Exchange {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed when the content type is JSON and it parses, else the text; `''` when there is none. */
  body: unknown;
  /** False when the evidence kept only some headers: then an absent one says nothing. */
  hasAllHeaders: boolean;
  /** What is stored afterwards, for the token types that were read back. `null`: there is none. */
  after: { [T in TokenType]?: Customizers[T] | null };
}

/** One place of an exchange that is not as expected. `undefined` stands for what is not there. */
export interface Differing extends Difference {
  part: 'status' | 'headers' | 'body' | 'stored';
  /** Whose customizer, when it is one that is stored. */
  tokenType?: string;
}

/** One way in which a response is not what the contract says. */
export interface Finding {
  /** What was checked. */
  check: 'status' | 'content type' | 'header' | 'schema' | 'code' | 'issues' | 'body' | 'example' | 'stored';
  message: string;
  /** Of a schema: the JSON Pointer of the wrong value and the JSON Schema keyword that it breaks. */
  violates?: { pointer: string; keyword: string };
  /** The name of a documented header that is missing, in lower case. */
  missing?: string;
  /** Where, when it is one place whose value is known to be another. The values are the exchange's own. */
  differing?: Differing;
}

/** Levels, with those of a customizer around what a tenant's guard reads: comparing and copying calls itself for each. */
const maxDepth = 1_100;

/** A body as the judge takes it: parsed when the content type is JSON and it parses, else the text. */
export const parseBody = (text: string, contentType: string | null | undefined): unknown => {
  if (!isJson(contentType)) return text;
  try {
    return parseJson(text, maxDepth);
  } catch {
    return text;
  }
};
