import { argumentShape, type TokenType } from './known.ts';
import type { Sample } from './sample-run.ts';
import { type AccessTokenSampleFields, accessTokenSample, clientCredentialsSample } from './samples.ts';

/** Somebody who has of everything that scripts ask for. */
const builtIn = (script: string): AccessTokenSampleFields => ({
  user: {
    primaryPhone: '15555550100',
    roles: [{ name: 'Editor', scopes: ['read:things'] }],
    organizations: ['Acme'],
    organizationRoles: ['admin'],
  },
  organization: {},
  // A token comes from a sign-in or from an exchange: no token has both.
  ...(/\bgrant\b/.test(script) && { grant: {} }),
});

/** A sample with what it leaves out, as the release has it. Without token and context: a built-in one that suits the script. */
export const completeSample = (
  tokenType: TokenType,
  { token, context, ...others }: Sample,
  release: string,
  script: string,
): Sample => {
  const isBuiltIn = token === undefined && context === undefined;
  const fields = { ...(isBuiltIn ? builtIn(script) : context), ...(token && { token }) };
  const whole = tokenType === 'access-token' ? accessTokenSample(fields) : clientCredentialsSample(fields);
  const { members } = argumentShape(tokenType, release).members['context'] ?? { members: {} };
  const known = Object.entries(whole.context).filter(([name]) => members[name]?.since === undefined);
  return { ...whole, context: Object.fromEntries(known), ...others };
};
