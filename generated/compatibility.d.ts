/* Made by `npm run regenerate` from generated/compatibility.json. Do not edit. */
import type { TokenType } from './types.d.ts';

/** How a release treats a field: keeps it, silently drops it, or refuses the request with 400. */
export type Verdict = 'accepted' | 'dropped' | 'refused';

/** The verdict of all releases, or the releases that changed it, oldest first. */
export type Verdicts = Verdict | Readonly<Record<string, Verdict>>;

/** The fields of a request body of one token type. */
export interface BodyCompatibility {
  tokenType: TokenType;
  body: 'customizer' | 'testRequest';
  /** By JSON Pointer, `*` for any index or key, `**` at its end for anything below. */
  fields: Readonly<Record<string, Verdicts>>;
  /** All values of the fields that gained values after their first release. */
  values: Readonly<Record<string, Readonly<Record<string, Verdicts>>>>;
  /** The fields that are arrays. */
  arrays: readonly string[];
}

export declare const compatibility: {
  format: 1;
  /** The releases, oldest first, and the source of each. */
  releases: readonly { release: string; evidence: string }[];
  bodies: readonly BodyCompatibility[];
};
