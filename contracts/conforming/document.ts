import openapi from '../../generated/openapi.json' with { type: 'json' };
import { readDocument, recordedReleases } from '../../src/contract/recordings/index.ts';
import type { JsonSchemas } from '../../src/tenant/index.ts';

/** The schemas of our own document, which marks what came when. */
export const schemas = openapi.components.schemas as JsonSchemas;

const minor = (release: string): number => Number(release.split('.')[1]);

/** The text of a tenant's own document, `GET /api/swagger.json`, of the recorded release that is nearest. */
export const swaggerOf = (release: string): string => {
  const distance = (recorded: string): number => Math.abs(minor(recorded) - minor(release));
  const [nearest] = [...recordedReleases].sort((a, b) => distance(a) - distance(b));
  return readDocument(nearest ?? '');
};
