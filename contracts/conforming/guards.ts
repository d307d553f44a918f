/** The guards that Logto's own server runs, in the model's format. */
import * as newest from '@logto/schemas';
import manifest from '../../package.json' with { type: 'json' };
import type { BodyGuard, BodyGuards, ZodIssue } from '../../src/tenant/index.ts';

interface Official {
  safeParse(
    body: unknown,
  ): { success: true; data: unknown } | { success: false; error: { issues: unknown[] } };
}

const toGuard =
  (official: Official): BodyGuard =>
  (body) => {
    try {
      const result = official.safeParse(body);
      return result.success
        ? { success: true, data: result.data }
        : { success: false, issues: result.error.issues as ZodIssue[] };
    } catch (error) {
      // The body is nested too deep for the stack.
      if (error instanceof RangeError) return { success: false, issues: [] };
      throw error;
    }
  };

/** The guards of a release of `@logto/schemas`, from its exports. */
export const toBodyGuards = (exported: {
  accessTokenJwtCustomizerGuard: Official;
  clientCredentialsJwtCustomizerGuard: Official;
  jwtCustomizerTestRequestBodyGuard: Official;
}): BodyGuards => ({
  customizers: {
    'access-token': toGuard(exported.accessTokenJwtCustomizerGuard),
    'client-credentials': toGuard(exported.clientCredentialsJwtCustomizerGuard),
  },
  testRequest: toGuard(exported.jwtCustomizerTestRequestBodyGuard),
});

/** The guards of the installed `@logto/schemas`. */
export const officialGuards: BodyGuards = toBodyGuards(newest);

/** The release of the installed guards. Our document may describe a later one. */
export const officialRelease: string = manifest.devDependencies['@logto/schemas']
  .split('.')
  .slice(0, 2)
  .join('.');
