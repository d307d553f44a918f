import type { TokenType } from '../../generated/types.d.ts';
import type { Sample } from '../claims/index.ts';
import type { Customizers } from '../client/options.ts';

export type Customizer = Customizers[TokenType];

/** In the order in which they are written: a client-credentials script can deny the tool its next token. */
export const tokenTypes = ['access-token', 'client-credentials'] as const satisfies TokenType[];

export interface LastPush {
  version: string;
  commit?: string;
  /** ISO 8601. */
  time: string;
}

/** What a push stored: `changed` if someone has changed it since. */
export interface Marked extends LastPush {
  changed: boolean;
}

/** What the folder declares for one token type. */
export interface Wanted {
  tokenType: TokenType;
  /** Without the comment of a push; `null`: the tenant is to have no customizer. */
  customizer: Customizer | null;
  /** What the script is run with, by file name. Complete, with the tenant's variables. */
  samples: Readonly<Record<string, Sample>>;
  /** The file that the script was built from, if it was. */
  source?: { file: string; text: string };
}

/** What a push would change for one token type. It has no values of variables. */
export interface Change {
  tokenType: TokenType;
  kind: 'none' | 'create' | 'replace' | 'delete';
  /** Without the comments of pushes, if they differ; `''` for a customizer that does not exist. */
  script?: { before: string; after: string };
  /** Those that differ. */
  samples: { field: 'tokenSample' | 'contextSample'; before?: unknown; after?: unknown }[];
  variables: { name: string; change: 'added' | 'changed' | 'removed' | 'unchanged' }[];
  /** If it differs. */
  blockIssuanceOnError?: { before?: boolean; after?: boolean };
  /** What the tenant has, the folder does not declare, and a push would remove: `environment variable PLAN`. */
  removes: string[];
  /** The last push, as the stored script says; `undefined` if it was not pushed with this tool, or there is none. */
  pushed?: Marked;
}

/** `a, b, and c`. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat('en').format(names);
