import type { Decision } from './decide.ts';

/**
 * Refuses a request without a bearer token; any token that is not empty will do.
 * The scheme is compared as Logto's own code does it: `bearer` is another one.
 */
export const refuseAuthorization = (header: string | undefined): Decision | undefined => {
  if (header === undefined || header === '') return { status: 401, example: 'authorization-missing' };
  const [scheme, token] = header.split(/ +/);
  if (scheme !== 'Bearer') return { status: 401, example: 'authorization-not-bearer' };
  return token ? undefined : { status: 401, example: 'token-unauthorized' };
};
