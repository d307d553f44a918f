/** Why a script kept a token from being issued, or added no claims to it, which a tenant does not report. */
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
      return ['kept the token from being issued', 'what came of it has a lone surrogate'];
    case 500:
      return [
        'kept the token from being issued',
        'message' in outcome ? outcome.message : 'a claim is no JSON',
      ];
  }
};

/** A text that a script made: in one line, without the values of its variables and without tokens. */
const withoutSecrets = (text: string, { token, environmentVariables = {} }: Run): string => {
  const secrets = [...Object.values(environmentVariables), token.jti, token.extra?.subjectTokenId ?? '']
    .filter((secret) => secret.length > 2)
    .sort((a, b) => b.length - a.length);
  return secrets
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
    .replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]')
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .slice(0, 300);
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
