/** The guards that Logto's own server runs, as the model takes them. */
import {
  accessTokenJwtCustomizerGuard,
  clientCredentialsJwtCustomizerGuard,
  jwtCustomizerTestRequestBodyGuard,
} from '@logto/schemas';
import type { BodyGuard, BodyGuards, ZodIssue } from '../../src/tenant/index.ts';

interface Official {
  safeParse(
    body: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: unknown[] } };
}

const toGuard =
  (official: Official): BodyGuard =>
  (body) => {
    const result = official.safeParse(body);
    return result.success
      ? { success: true, data: result.data }
      : { success: false, issues: result.error.issues as ZodIssue[] };
  };

export const officialGuards: BodyGuards = {
  customizers: {
    'access-token': toGuard(accessTokenJwtCustomizerGuard),
    'client-credentials': toGuard(clientCredentialsJwtCustomizerGuard),
  },
  testRequest: toGuard(jwtCustomizerTestRequestBodyGuard),
};
