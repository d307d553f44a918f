/**
 * Where the vendor's page, or a tenant's own document, differs from tenants. Each divergence is proved: the page or the
 * document still differs, and the behaviour was recorded or is the official guard's. `docs/divergences.md` has the list.
 */
import { readFileSync } from 'node:fs';
import { accessTokenJwtCustomizerGuard } from '@logto/schemas';
import { describe, expect, test } from 'vitest';
import { validateAccessTokenJwtCustomizer } from '../generated/validators/request.js';
import { dereference, type Schema, schemas } from '../src/contract/document.ts';
import { valueAt } from '../src/contract/json.ts';
import divergences from './divergences.json' with { type: 'json' };

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const documented = (name: string): Record<string, unknown> =>
  JSON.parse(read(`../spec/examples/documented/${name}.json`)) as Record<string, unknown>;

const page = read('../spec/examples/documented/update-jwt-customizer.txt');
const pageAccessToken = documented('response-access-token');
const pageClientCredentials = documented('response-client-credentials');
const tenant = JSON.parse(read('recordings/logto-1.43.openapi.json')) as Record<string, unknown>;

interface Recorded {
  request: { body?: Record<string, unknown> };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}
const recordings = new Map(
  read('recordings/logto-1.43.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded & { name: string })
    .map((line) => [line.name, line]),
);

const item = '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}';
const schemaOfPatch = `${item}/patch/responses/200/content/application~1json/schema`;
const said = (pointer: string): unknown => valueAt(tenant, pointer);
const field = (pointer: string): unknown =>
  said(
    `${schemaOfPatch}/oneOf/0${pointer.replaceAll('/', '/properties/').replace('/properties/items', '/items')}`,
  );

const records = `${schemaOfPatch}/oneOf/0/properties/contextSample/properties/interaction/properties/verificationRecords`;
const list = '/paths/~1api~1configs~1jwt-customizer/get/responses/200/content/application~1json/schema';

const issuePaths = ({ response }: Recorded): string[] =>
  (valueAt(response.body, '/data/issues') as { path: (string | number)[] }[]).map(({ path }) =>
    path.join('.'),
  );

const acceptsContext = (context: object): boolean => {
  const body = { script: '', contextSample: { user: {}, ...context } };
  const verdict = accessTokenJwtCustomizerGuard.safeParse(body).success;
  expect(validateAccessTokenJwtCustomizer(body).length === 0).toBe(verdict);
  return verdict;
};
const acceptsInContext = (application: unknown): boolean => acceptsContext({ application });

/** The proof of each divergence. `recorded` is its evidence. */
const proofs: Record<string, (recorded: Recorded) => void> = {
  'request-example': ({ request, response }) => {
    expect(page).toMatch(/Request examples\n\{\}/);
    expect(request.body).toEqual(documented('request'));
    expect(response.status).toBe(400);
  },
  'request-untyped': ({ response }) => {
    const schema = said(`${item}/patch/requestBody/content/application~1json/schema`) as Record<
      string,
      object
    >;
    expect(Object.values(schema['properties'] ?? {})).toEqual([{}, {}, {}, {}, {}]);
    expect(schema['required']).toBeUndefined();
    expect(response.status).toBe(400);
  },
  'one-of': ({ response }) => {
    const branches = said(`${schemaOfPatch}/oneOf`) as { required: string[] }[];
    expect(branches.map(({ required }) => required)).toEqual([['script'], ['script']]);
    expect(Object.keys(response.body)).toEqual(['script']);
    expect(schemas['JwtCustomizer']).toHaveProperty('anyOf');
  },
  kind: (recorded) => {
    expect(valueAt(pageAccessToken, '/tokenSample/kind')).toBe('string');
    expect(field('/tokenSample/kind')).toEqual({ type: 'string', format: '"AccessToken"' });
    expect(issuePaths(recorded)).toEqual(['tokenSample.kind']);
  },
  'grant-type': (recorded) => {
    expect(valueAt(pageAccessToken, '/contextSample/grant/type')).toBe('string');
    expect(field('/contextSample/grant/type')).toMatchObject({
      format: expect.stringContaining('token-exchange'),
    });
    expect(issuePaths(recorded)).toContain('contextSample.grant.type');
  },
  identities: (recorded) => {
    expect(valueAt(pageAccessToken, '/contextSample/user/identities')).toEqual({
      userId: 'string',
      details: {},
    });
    expect(issuePaths(recorded)).toContain('contextSample.user.identities.userId');
  },
  audience: ({ response }) => {
    expect(valueAt(pageAccessToken, '/tokenSample/aud')).toBe('string');
    expect(valueAt(response.body, '/tokenSample/aud')).toBeInstanceOf(Array);
  },
  'newer-fields': ({ response }) => {
    for (const name of ['blockIssuanceOnError', 'interaction', 'application"', 'organization"'])
      expect(page).not.toContain(name);
    expect(response.body).toHaveProperty('blockIssuanceOnError');
  },
  'closed-objects': ({ response }) => {
    expect(said(schemaOfPatch)).not.toHaveProperty('oneOf.0.additionalProperties');
    expect(field('/tokenSample')).not.toHaveProperty('additionalProperties');
    expect(valueAt(response.body, '/data/issues/0/code')).toBe('unrecognized_keys');
  },
  'test-nested': ({ request, response }) => {
    const schema = said(
      '/paths/~1api~1configs~1jwt-customizer~1test/post/requestBody/content/application~1json/schema',
    );
    expect(schema).toHaveProperty('properties.payload.properties.contextSample');
    expect(Object.keys(request.body ?? {}).sort()).toEqual([
      'context',
      'environmentVariables',
      'script',
      'token',
      'tokenType',
    ]);
    expect(response.status).toBe(200);
  },
  'missing-statuses': ({ response }) => {
    expect(Object.keys(said(`${item}/patch/responses`) as object)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
    ]);
    expect(page.match(/\(\d{3}\)/g)).toEqual(['(200)']);
    expect(response.status).toBe(422);
    expect(recordings.get('post to the item')?.response.status).toBe(405);
    expect(recordings.get('refused: U+0000 in the script')?.response.status).toBe(500);
  },
  'errors-untyped': ({ response }) => {
    for (const status of [400, 401, 403, 404])
      expect(said(`${item}/patch/responses/${status}`)).not.toHaveProperty('content');
    expect(Object.keys(response.body)).toEqual(['message']);
  },
  'oversized-body': ({ response }) => {
    expect(said(`${item}/patch/responses/404`)).not.toHaveProperty('content');
    expect(response).toMatchObject({ status: 404, body: 'Not Found' });
  },
  headers: ({ response }) => {
    expect(said(`${item}/get/responses/200`)).not.toHaveProperty('headers');
    expect(response.headers).toHaveProperty('logto-core-request-id');
    expect(response.headers).toHaveProperty('etag');
  },
  'redirect-uris': () => {
    expect(field('/contextSample/application/oidcClientMetadata/redirectUris/items')).toMatchObject({
      type: 'object',
    });
    const metadata = (uri: unknown) => ({
      oidcClientMetadata: { redirectUris: [uri], postLogoutRedirectUris: [] },
    });
    expect(acceptsInContext(metadata('https://example.com/callback'))).toBe(true);
    expect(acceptsInContext(metadata({}))).toBe(false);
  },
  integers: () => {
    const metadata = '/contextSample/application/customClientMetadata';
    expect(field(`${metadata}/refreshTokenTtlInDays`)).toEqual({ type: 'number' });
    expect(field(`${metadata}/maxAllowedGrants`)).toEqual({ type: 'number' });
    for (const [value, verdict] of [
      [1, true],
      [180, true],
      [0, false],
      [181, false],
      [1.5, false],
    ] as const)
      expect(acceptsInContext({ customClientMetadata: { refreshTokenTtlInDays: value } })).toBe(verdict);
    for (const [value, verdict] of [
      [1, true],
      [0, false],
      [1.5, false],
    ] as const)
      expect(acceptsInContext({ customClientMetadata: { maxAllowedGrants: value } })).toBe(verdict);
  },
  literals: ({ response }) => {
    expect(said(`${records}/items/oneOf/0/properties/type`)).toEqual({
      type: 'string',
      format: '"Password"',
    });
    expect(said(`${list}/items/oneOf/0/properties/key`)).toEqual({
      type: 'string',
      format: '"jwt.accessToken"',
    });
    const run =
      '/paths/~1api~1configs~1jwt-customizer~1test/post/requestBody/content/application~1json/schema';
    expect(said(`${run}/oneOf/0/properties/tokenType`)).toEqual({ type: 'string', format: '"access-token"' });
    expect((response.body as unknown as { key: string }[]).map(({ key }) => key).sort()).toEqual([
      'jwt.accessToken',
      'jwt.clientCredentials',
    ]);
  },
  'script-characters': ({ response }) => {
    expect(field('/script')).toEqual({ type: 'string' });
    expect(response.status).toBe(500);
    expect(recordings.get('refused: lone surrogate in the script')?.response.status).toBe(422);
  },
  'raw-data': () => {
    expect(said(`${records}/items/oneOf/5/properties/socialUserInfo/properties/rawData`)).toMatchObject({
      type: 'object',
      oneOf: expect.arrayContaining([{ type: 'string' }]),
    });
    for (const rawData of ['text', 1, true, null, ['text'], {}]) {
      const socialUserInfo = { id: 'i', rawData };
      const record = { id: 'i', connectorId: 'c', type: 'Social', socialUserInfo };
      expect(acceptsContext({ interaction: { verificationRecords: [record] } }), String(rawData)).toBe(true);
    }
  },
  'url-format': () => {
    expect(field('/contextSample/application/oidcClientMetadata/backchannelLogoutUri')).toEqual({
      type: 'string',
      format: 'url',
    });
    const metadata = (backchannelLogoutUri: string) => ({
      oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [], backchannelLogoutUri },
    });
    expect(acceptsInContext(metadata('my.app:/logout'))).toBe(true);
    expect(acceptsInContext(metadata('no URL'))).toBe(false);
  },
  'list-length': ({ response }) => {
    expect(said(list)).not.toHaveProperty('maxItems');
    expect(response.body).toHaveLength(2);
  },
};

describe('divergences', () => {
  test.each(divergences)('$id: $does', ({ id, evidence }) => {
    const recorded = evidence === null ? undefined : recordings.get(evidence);
    if (evidence !== null) expect(recorded, `no recording is named "${evidence}"`).toBeDefined();
    expect(proofs).toHaveProperty([id]);
    proofs[id]?.(recorded as Recorded);
  });

  test('each proof belongs to a listed divergence', () => {
    expect(Object.keys(proofs).sort()).toEqual(divergences.map(({ id }) => id).sort());
  });
});

/** Pointers at which the type of the page's example differs from tenants; each is in the list above. */
const listed = new Map([
  ['/contextSample/user/identities/userId', 'identities'],
  ['/contextSample/user/identities/details', 'identities'],
]);

const typesOf = (schema: Schema): string[] =>
  ((schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as Schema[]).flatMap((branch) => {
    const resolved = dereference(branch as Schema | { $ref: string }) as Schema;
    return resolved === branch ? ([resolved['type']].flat() as string[]) : typesOf(resolved);
  });

/** The problem of a property of the page's example; `undefined` when our schema has it with that type. */
const missing = (value: unknown, schema: Schema, pointer = ''): string[] => {
  const resolved = dereference(schema as Schema | { $ref: string }) as Schema;
  if (listed.has(pointer)) return [];
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (!typesOf(resolved).includes(type))
    return [`${pointer}: the page has ${type}, we have ${typesOf(resolved).join()}`];
  if (Array.isArray(value))
    return value.flatMap((entry, index) =>
      missing(entry, resolved['items'] as Schema, `${pointer}/${index}`),
    );
  if (type !== 'object') return [];
  const properties = (resolved['properties'] ?? {}) as Record<string, Schema>;
  return Object.entries(value as object).flatMap(([key, entry]) => {
    const property = properties[key] ?? (resolved['additionalProperties'] as Schema | boolean | undefined);
    if (typeof property === 'object') return missing(entry, property, `${pointer}/${key}`);
    return listed.has(`${pointer}/${key}`) ? [] : [`${pointer}/${key}: not in our schema`];
  });
};

describe('our schemas have every property of the page with a compatible type', () => {
  test.each([
    ['AccessTokenJwtCustomizer', pageAccessToken],
    ['ClientCredentialsJwtCustomizer', pageClientCredentials],
  ])('%s', (name, example) => {
    expect(missing(example, schemas[name] as Schema)).toEqual([]);
  });

  test('a missing property is found', () => {
    expect(missing({ ...pageAccessToken, extra: 1 }, schemas['AccessTokenJwtCustomizer'] as Schema)).toEqual([
      '/extra: not in our schema',
    ]);
  });

  test('the examples are the ones on the page', () => {
    const withoutSpace = page.replaceAll(/\s/g, '');
    for (const example of [pageAccessToken, pageClientCredentials])
      expect(withoutSpace).toContain(
        JSON.stringify(example).replaceAll(':42,', ':42.0,').replaceAll(':42}', ':42.0}'),
      );
  });
});
