/** Logto's own guards of a release, and their JSON Schema. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBodyGuards } from '../../contracts/conforming/guards.ts';
import type { BodyGuards, JsonSchema } from '../../src/tenant/index.ts';
import { packageOf } from './install.ts';

/** The guards as JSON Schema, as far as it can express them. */
export interface Described {
  'access-token': JsonSchema;
  'client-credentials': JsonSchema;
  testRequest: JsonSchema;
}

export interface ReleasedGuards {
  /** The package version, for example `1.43.0`. */
  version: string;
  guards: BodyGuards;
  described: Described;
}

const names = [
  'accessTokenJwtCustomizerGuard',
  'clientCredentialsJwtCustomizerGuard',
  'jwtCustomizerTestRequestBodyGuard',
] as const;

type Exports = Parameters<typeof toBodyGuards>[0];

/** Only this folder's `npm install` installs these packages, so the compiler does not know them. */
const load = (name: string): Promise<Record<string, unknown>> => import(name);

/**
 * @param release - `1.42`, or `newest` for the one that `installNewest` installed
 * @throws {Error} if the package does not export the guards under their names
 */
export const loadGuards = async (release: string): Promise<ReleasedGuards> => {
  const name = packageOf(release);
  const [exported, { zodToJsonSchema, ignoreOverride }, manifest] = await Promise.all([
    load(name),
    load('zod-to-json-schema'),
    readFile(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8'),
  ]);
  const { version } = JSON.parse(manifest) as { version: string };
  const missing = names.filter((guard) => exported[guard] === undefined);
  if (missing.length > 0)
    throw new Error(
      `@logto/schemas ${version} does not export ${missing.join(', ')}: find the new name and change scripts/releases/guards.ts`,
    );
  const describe = (guard: (typeof names)[number]): JsonSchema => {
    const toSchema = zodToJsonSchema as (guard: unknown, options: object) => JsonSchema;
    // Only JSON inside JSON is lazy.
    const override = ({ typeName }: { typeName: string }) => (typeName === 'ZodLazy' ? {} : ignoreOverride);
    const schema = toSchema(exported[guard], { $refStrategy: 'none', override });
    if (schema.properties === undefined && schema.anyOf === undefined)
      throw new Error(`zod-to-json-schema does not understand ${guard} of @logto/schemas ${version}`);
    return schema;
  };
  return {
    version,
    guards: toBodyGuards(exported as unknown as Exports),
    described: {
      'access-token': describe('accessTokenJwtCustomizerGuard'),
      'client-credentials': describe('clientCredentialsJwtCustomizerGuard'),
      testRequest: describe('jwtCustomizerTestRequestBodyGuard'),
    },
  };
};
