import { isRecord } from '../client/json.ts';
import { keep } from './document-guards.ts';
import type { BodyGuard, BodyGuards, GuardResult } from './guards.ts';
import type { JsonSchemas } from './json-schema.ts';
import { laterThan } from './later.ts';
import { isBefore } from './release.ts';

/** The schemas of the document that describe what the guards judge. */
const schemaNames = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
  testRequest: 'JwtCustomizerTestRequest',
} as const;

/**
 * The first release whose guard looks into the context of client credentials. Before, a customizer kept any object
 * (recording "update client-credentials: user in contextSample is dropped"), and `POST /test` had no such field
 * ("test client-credentials: no context").
 */
const clientCredentialsContextSince = '1.37';

/** The guard with any object in the field, kept as guards keep JSON of which they know nothing. */
const keepingObject =
  (guard: BodyGuard, field: string): BodyGuard =>
  (body) => {
    if (!isRecord(body) || !isRecord(body[field])) return guard(body);
    const kept = keep({}, body[field], {});
    if (!kept.success) return kept;
    const result = guard({ ...body, [field]: {} });
    return result.success
      ? { success: true, data: { ...(result.data as object), [field]: kept.data } }
      : result;
  };

/** The guard of a body in which the field means nothing. */
const droppingContext =
  (guard: BodyGuard): BodyGuard =>
  (body) => {
    if (!isRecord(body) || body['tokenType'] !== 'client-credentials') return guard(body);
    const result = guard({ ...body, context: {} });
    if (!result.success) return result;
    const { context: _, ...data } = result.data as Record<string, unknown>;
    return { success: true, data };
  };

/**
 * The guards of an older release, made from those of the newest and from the document, which marks what came when.
 *
 * @param schemas - `components.schemas` of the document
 */
export const guardsOfRelease = (guards: BodyGuards, release: string, schemas: JsonSchemas): BodyGuards => {
  const { mask, unmask } = laterThan(release, schemas);
  const older = (guard: BodyGuard, name: string): BodyGuard => {
    const schema = { $ref: `#/components/schemas/${name}` };
    return (body): GuardResult => {
      const result = guard(mask(schema, body));
      return result.success ? result : { success: false, issues: unmask(result.issues) };
    };
  };
  const hasAnyContext = isBefore(release, clientCredentialsContextSince);
  const [accessToken, clientCredentials, testRequest] = [
    older(guards.customizers['access-token'], schemaNames['access-token']),
    older(guards.customizers['client-credentials'], schemaNames['client-credentials']),
    older(hasAnyContext ? droppingContext(guards.testRequest) : guards.testRequest, schemaNames.testRequest),
  ];
  return {
    customizers: {
      'access-token': accessToken,
      'client-credentials': hasAnyContext
        ? keepingObject(clientCredentials, 'contextSample')
        : clientCredentials,
    },
    testRequest,
  };
};
