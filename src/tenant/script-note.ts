/** Why a script kept a token from being issued, or added no claims to it, which a tenant does not report. */
import { redact } from '../client/redact.ts';
import type { IssueOutcome } from '../runner/index.ts';
import type { TokenType } from './state.ts';

/** The fields of a script's token that are read here. */
export interface ScriptToken {
  jti: string;
  clientId: string;
  accountId?: string;
  aud?: string;
  extra?: { subjectTokenId?: string };
  [field: string]: unknown;
}

interface Run {
  tokenType: TokenType;
  token: ScriptToken;
  environmentVariables: Record<string, string> | undefined;
}

const happened = (outcome: IssueOutcome): [what: string, why: string] | undefined => {
  switch (outcome.status) {
    case 200:
      return outcome.lost === undefined ? undefined : ['added no claims', outcome.lost];
    case 400:
      return ['denied the token', outcome.message];
    case 422:
      return ['kept the token from being issued', 'its result has a lone surrogate'];
    case 500:
      return [
        'kept the token from being issued',
        'message' in outcome ? outcome.message : 'JSON cannot hold a claim',
      ];
  }
};

/** A line of the log: without line breaks and control characters, and not too long. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{C}]+/gu, ' ').slice(0, 300);

/** A message from a script without the values of its variables and without tokens. */
const withoutSecrets = (text: string, { token, environmentVariables = {} }: Run): string => {
  const secrets = [...Object.values(environmentVariables), token.jti, token.extra?.subjectTokenId ?? ''];
  // `redact` keeps secrets of three characters and fewer.
  const short = secrets.filter(({ length }) => length === 3);
  return oneLine(
    short
      .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), redact(text, secrets))
      .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]'),
  );
};

/** @returns nothing when the claims are in the token */
export const scriptNote = (outcome: IssueOutcome, run: Run): string | undefined => {
  const [what, why] = happened(outcome) ?? [];
  if (what === undefined) return undefined;
  const { token, tokenType } = run;
  const line = 'line' in outcome && Number.isInteger(outcome.line) ? ` (line ${outcome.line})` : '';
  const user = token.accountId === undefined ? '' : ` of the user ${token.accountId}`;
  const audience = token.aud === undefined ? 'an opaque token' : `a token for ${token.aud}`;
  const request = `${audience}${user}, asked for by ${token.clientId}`;
  return `The ${tokenType} script ${what}: ${withoutSecrets(why ?? '', run)}${line}. It ran for ${request}.`;
};
