import { describe, expect, it } from 'vitest';
import type { BodyGuard } from './guards.ts';
import type { JsonSchemas } from './json-schema.ts';
import { guardsOfRelease } from './release-guards.ts';
import { unrecognizedKeys, wrongDiscriminator, wrongEnumValue, type ZodIssue } from './zod-issues.ts';

const factors = ['Totp', 'Sms', 'Email'];

/** As the document describes 1.43. */
const schemas: JsonSchemas = {
  AccessTokenJwtCustomizer: {
    properties: {
      script: { type: 'string' },
      block: { type: 'boolean', 'x-logto-since': '1.39' },
      contextSample: {
        properties: {
          user: {
            properties: { factors: { type: 'array', items: { $ref: '#/components/schemas/Factor' } } },
          },
          organization: { type: 'object', 'x-logto-since': '1.41' },
          byName: { additionalProperties: { properties: { later: { 'x-logto-since': '1.40' } } } },
          records: { type: 'array', items: { $ref: '#/components/schemas/VerificationRecord' } },
          app: { anyOf: [{ properties: { later: { 'x-logto-since': '1.40' } } }, { type: 'null' }] },
        },
      },
    },
  },
  ClientCredentialsJwtCustomizer: { properties: { contextSample: { properties: { application: {} } } } },
  JwtCustomizerTestRequest: {
    oneOf: [{ $ref: '#/components/schemas/AccessTokenTest' }, { $ref: '#/components/schemas/OtherTest' }],
    discriminator: { propertyName: 'tokenType' },
  },
  AccessTokenTest: {
    properties: {
      tokenType: { const: 'access-token' },
      context: { properties: { organization: { 'x-logto-since': '1.41' } } },
    },
  },
  OtherTest: { properties: { tokenType: { const: 'client-credentials' } } },
  Factor: { type: 'string', enum: factors, 'x-logto-since-values': { Sms: '1.30', Email: '1.30' } },
  VerificationRecord: {
    oneOf: [{ $ref: '#/components/schemas/Password' }, { $ref: '#/components/schemas/Passkey' }],
    discriminator: { propertyName: 'type' },
  },
  Password: { properties: { type: { const: 'Password' } } },
  Passkey: { properties: { type: { const: 'Passkey' } }, 'x-logto-since': '1.38' },
} as JsonSchemas;

type Fields = Record<string, unknown>;

const only = (value: unknown, keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(value as Fields).filter(([key]) => keys.includes(key)));

/** The guard of 1.43, as far as these schemas describe it. */
const guardAccessToken: BodyGuard = (body) => {
  const { contextSample, ...rest } = body as Fields;
  const unknown = Object.keys(rest).filter((key) => !['script', 'block'].includes(key));
  const context = (contextSample ?? {}) as {
    user?: { factors?: unknown[] };
    records?: Fields[];
    app?: Fields;
  };
  const issues: ZodIssue[] = [
    ...(context.user?.factors ?? []).flatMap((factor, index) =>
      factors.includes(factor as string)
        ? []
        : [wrongEnumValue(factors, factor, ['contextSample', 'user', 'factors', index])],
    ),
    ...(context.records ?? []).flatMap(({ type }, index) =>
      ['Password', 'Passkey'].includes(type as string)
        ? []
        : [wrongDiscriminator(['Password', 'Passkey'], ['contextSample', 'records', index, 'type'])],
    ),
    ...(unknown.length > 0 ? [unrecognizedKeys(unknown, [])] : []),
  ];
  if (issues.length > 0) return { success: false, issues };
  const known = only(contextSample ?? {}, ['user', 'organization', 'records', 'app']);
  if (context.app) known['app'] = only(context.app, ['id', 'later']);
  return { success: true, data: contextSample === undefined ? rest : { ...rest, contextSample: known } };
};

const guardClientCredentials: BodyGuard = (body) => {
  const sent = body as Fields;
  return {
    success: true,
    data:
      sent['contextSample'] === undefined
        ? sent
        : { ...sent, contextSample: only(sent['contextSample'], ['application']) },
  };
};

const guardTestRequest: BodyGuard = (body) =>
  typeof (body as Fields)['context'] === 'object'
    ? { success: true, data: body }
    : { success: false, issues: [wrongEnumValue([], (body as Fields)['context'], ['context'])] };

const of = (release: string) =>
  guardsOfRelease(
    {
      customizers: { 'access-token': guardAccessToken, 'client-credentials': guardClientCredentials },
      testRequest: guardTestRequest,
    },
    release,
    schemas,
  );

const validate = (release: string, body: unknown) => of(release).customizers['access-token'](body);

describe('what came later than the release', () => {
  it('is refused at the top, beside what never was, in the order of the body', () => {
    const body = { zz: 1, block: true, script: '', aa: 2 };
    expect(validate('1.38', body)).toEqual({
      success: false,
      issues: [unrecognizedKeys(['zz', 'block', 'aa'], [])],
    });
    expect(validate('1.39', body)).toEqual({ success: false, issues: [unrecognizedKeys(['zz', 'aa'], [])] });
  });

  it('is dropped inside contextSample, at any depth and whatever its value', () => {
    const contextSample = { organization: 'nonsense', app: { id: 'a', later: 1 } };
    expect(validate('1.39', { contextSample })).toEqual({
      success: true,
      data: { contextSample: { app: { id: 'a' } } },
    });
    expect(validate('1.43', { contextSample })).toEqual({ success: true, data: { contextSample } });
  });

  it('is unknown in the values of a free-form object too', () => {
    const contextSample = { byName: { some: { later: 1 } } };
    const seen: unknown[] = [];
    const watching: BodyGuard = (body) => {
      seen.push(body);
      return { success: true, data: body };
    };
    const customizers = { 'access-token': watching, 'client-credentials': watching };
    for (const release of ['1.39', '1.40'])
      guardsOfRelease({ customizers, testRequest: watching }, release, schemas).customizers['access-token']({
        contextSample,
      });
    expect(seen[0]).not.toHaveProperty('contextSample.byName.some.later');
    expect(seen[1]).toEqual({ contextSample });
  });

  it('is no value to choose: where one is refused, none that came later is offered', () => {
    const contextSample = { user: { factors: ['Totp', 'Sms', 'nope', 1] } };
    expect(validate('1.28', { contextSample })).toEqual({
      success: false,
      issues: [
        wrongEnumValue(['Totp'], 'Sms', ['contextSample', 'user', 'factors', 1]),
        wrongEnumValue(['Totp'], 'nope', ['contextSample', 'user', 'factors', 2]),
        wrongEnumValue(['Totp'], 1, ['contextSample', 'user', 'factors', 3]),
      ],
    });
    expect(validate('1.30', { contextSample })).toMatchObject({
      issues: [{ received: 'nope', options: factors }, {}],
    });
  });

  it('is no variant of a union', () => {
    const contextSample = { records: [{ type: 'Password' }, { type: 'Passkey' }] };
    expect(validate('1.37', { contextSample })).toEqual({
      success: false,
      issues: [wrongDiscriminator(['Password'], ['contextSample', 'records', 1, 'type'])],
    });
    expect(validate('1.38', { contextSample })).toEqual({ success: true, data: { contextSample } });
  });

  it('is unknown in a test request too', () => {
    const watched: unknown[] = [];
    const testRequest: BodyGuard = (body) => {
      watched.push(body);
      return { success: true, data: body };
    };
    const customizers = { 'access-token': guardAccessToken, 'client-credentials': guardClientCredentials };
    guardsOfRelease({ customizers, testRequest }, '1.28', schemas).testRequest({
      tokenType: 'access-token',
      context: { organization: {} },
    });
    expect(watched[0]).not.toHaveProperty('context.organization');
  });
});

describe('client credentials before 1.37', () => {
  const contextSample = { user: { id: 'u' }, application: { any: [1] } };

  it('keep any object in contextSample', () => {
    const body = { script: '', contextSample };
    expect(of('1.36').customizers['client-credentials'](body)).toEqual({ success: true, data: body });
    expect(of('1.37').customizers['client-credentials'](body)).toEqual({
      success: true,
      data: { script: '', contextSample: { application: { any: [1] } } },
    });
  });

  it('lose the key __proto__ at any depth, as everywhere', () => {
    const body = JSON.parse(
      '{"script": "", "contextSample": {"__proto__": 1, "a": [{"__proto__": 2, "b": 3}]}}',
    );
    const result = of('1.36').customizers['client-credentials'](body);
    expect(JSON.stringify(result)).toBe(
      '{"success":true,"data":{"script":"","contextSample":{"a":[{"b":3}]}}}',
    );
  });

  it('need no context to be tested, and get none', () => {
    const body = { tokenType: 'client-credentials', script: '' };
    expect(of('1.36').testRequest(body)).toEqual({ success: true, data: body });
    expect(of('1.36').testRequest({ ...body, context: {} })).toEqual({ success: true, data: body });
    expect(of('1.37').testRequest(body)).toMatchObject({ success: false });
    expect(of('1.36').testRequest({ tokenType: 'access-token' })).toMatchObject({ success: false });
  });
});
