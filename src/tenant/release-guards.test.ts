import { describe, expect, it } from 'vitest';
import { guardsOfRelease, type JsonSchemas } from './release-guards.ts';

const text = { type: 'string' };
const object = (properties: object, more = {}) => ({ type: 'object', properties, ...more });
const tagged = (tag: string, value: string, properties = {}, more = {}) =>
  object({ [tag]: { const: value }, ...properties }, { required: [tag], ...more });

/** A small version of the document that describes 1.43. */
const schemas = {
  AccessTokenJwtCustomizer: object(
    {
      script: text,
      block: { type: 'boolean', 'x-logto-since': '1.39' },
      contextSample: object({
        user: object({ factors: { type: 'array', items: { $ref: '#/components/schemas/Factor' } } }),
        organization: { type: 'object', 'x-logto-since': '1.41' },
        byName: { type: 'object', additionalProperties: object({ later: { 'x-logto-since': '1.40' } }) },
        records: { type: 'array', items: { $ref: '#/components/schemas/VerificationRecord' } },
        app: { anyOf: [object({ id: text, later: { 'x-logto-since': '1.40' } }), { type: 'null' }] },
      }),
    },
    { additionalProperties: false },
  ),
  ClientCredentialsJwtCustomizer: object({
    script: text,
    contextSample: { $ref: '#/components/schemas/ClientCredentialsContextSample' },
  }),
  ClientCredentialsContextSample: object({ application: { type: 'object' } }),
  JwtCustomizerTestRequest: {
    oneOf: [
      { $ref: '#/components/schemas/AccessTokenTest' },
      { $ref: '#/components/schemas/ClientCredentialsJwtCustomizerTestRequest' },
    ],
    discriminator: { propertyName: 'tokenType' },
  },
  AccessTokenTest: tagged('tokenType', 'access-token', {
    context: object({ organization: { type: 'object', 'x-logto-since': '1.41' } }),
  }),
  ClientCredentialsJwtCustomizerTestRequest: tagged(
    'tokenType',
    'client-credentials',
    { script: text, context: { type: 'object' } },
    { required: ['tokenType', 'context'] },
  ),
  Factor: {
    type: 'string',
    enum: ['Totp', 'Sms', 'Email'],
    'x-logto-since-values': { Sms: '1.30', Email: '1.30' },
  },
  VerificationRecord: {
    oneOf: [{ $ref: '#/components/schemas/Password' }, { $ref: '#/components/schemas/Passkey' }],
    discriminator: { propertyName: 'type' },
  },
  Password: tagged('type', 'Password'),
  Passkey: tagged('type', 'Passkey', {}, { 'x-logto-since': '1.38' }),
} as unknown as JsonSchemas;

const of = (release: string) => guardsOfRelease(release, schemas);
const validate = (release: string, body: unknown) => of(release).customizers['access-token'](body);

describe('a field or value added after the release', () => {
  it('is refused at the top level along with unknown fields, in the order of the body', () => {
    const body = { zz: 1, block: true, script: '', aa: 2 };
    expect(validate('1.38', body)).toMatchObject({
      success: false,
      issues: [{ code: 'unrecognized_keys', keys: ['zz', 'block', 'aa'] }],
    });
    expect(validate('1.39', body)).toMatchObject({ success: false, issues: [{ keys: ['zz', 'aa'] }] });
  });

  it('is dropped inside contextSample, at any depth and with any value', () => {
    const body = { script: '', contextSample: { organization: 'nonsense', app: { id: 'a', later: 1 } } };
    const data = { script: '', contextSample: { app: { id: 'a' } } };
    expect(validate('1.39', body)).toEqual({ success: true, data });
    const valid = { script: '', contextSample: { ...body.contextSample, organization: {} } };
    expect(validate('1.43', valid)).toEqual({ success: true, data: valid });
  });

  it('is unknown in the values of a free-form object too', () => {
    const body = { script: '', contextSample: { byName: { some: { later: 1 } } } };
    expect(validate('1.39', body)).toMatchObject({ data: { contextSample: { byName: { some: {} } } } });
    expect(validate('1.39', body)).not.toHaveProperty('data.contextSample.byName.some.later');
    expect(validate('1.40', body)).toEqual({ success: true, data: body });
  });

  it('is not among the enum values that an issue lists', () => {
    const body = { script: '', contextSample: { user: { factors: ['Totp', 'Sms', 'nope', 1] } } };
    const refused = (received: unknown, index: number) => ({
      code: 'invalid_enum_value',
      received,
      options: ['Totp'],
      path: ['contextSample', 'user', 'factors', index],
      message: `Invalid enum value. Expected 'Totp', received '${received}'`,
    });
    expect(validate('1.28', body)).toEqual({
      success: false,
      issues: [refused('Sms', 1), refused('nope', 2), refused(1, 3)],
    });
    expect(validate('1.30', body)).toMatchObject({
      issues: [{ received: 'nope', options: ['Totp', 'Sms', 'Email'] }, {}],
    });
  });

  it('is not a variant of a union', () => {
    const body = { script: '', contextSample: { records: [{ type: 'Password' }, { type: 'Passkey' }] } };
    expect(validate('1.37', body)).toMatchObject({
      success: false,
      issues: [{ options: ['Password'], path: ['contextSample', 'records', 1, 'type'] }],
    });
    expect(validate('1.38', body)).toEqual({ success: true, data: body });
  });

  it('is unknown in a test request too', () => {
    const body = { tokenType: 'access-token', context: { organization: {} } };
    expect(of('1.28').testRequest(body)).toEqual({ success: true, data: { ...body, context: {} } });
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

  it('lose the key __proto__ at any depth, as other bodies do', () => {
    const body = JSON.parse(
      '{"script": "", "contextSample": {"__proto__": 1, "a": [{"__proto__": 2, "b": 3}]}}',
    );
    const result = of('1.36').customizers['client-credentials'](body);
    expect(JSON.stringify(result)).toBe(
      '{"success":true,"data":{"script":"","contextSample":{"a":[{"b":3}]}}}',
    );
  });

  it('are tested without a context, which is not passed on', () => {
    const body = { tokenType: 'client-credentials', script: '' };
    expect(of('1.36').testRequest(body)).toEqual({ success: true, data: body });
    expect(of('1.36').testRequest({ ...body, context: {} })).toEqual({ success: true, data: body });
    expect(of('1.37').testRequest(body)).toMatchObject({ success: false });
    expect(of('1.36').testRequest({ tokenType: 'id-token' })).toMatchObject({ success: false });
  });
});
