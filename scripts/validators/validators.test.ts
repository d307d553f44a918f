/** The messages of the generated validators. */
import { oidcClientMetadataGuard } from '@logto/schemas';
import { describe, expect, test } from 'vitest';
import * as closed from '../../generated/validators/closed.js';
import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
} from '../../generated/validators/request.js';
import * as response from '../../generated/validators/response.js';
import { formats } from './formats.ts';

const messages = (body: unknown): string[] =>
  validateAccessTokenJwtCustomizer(body).map(({ message }) => message);
const inContext = (contextSample: object): string[] => messages({ script: '', contextSample });

describe('an issue shows the place, the expected and the actual value', () => {
  test.each<[unknown, string]>([
    [{}, '/script: expected a required value, found nothing'],
    [[], 'the body: expected object, found array'],
    [{ script: 1 }, '/script: expected string, found number'],
    [{ script: '', 'a/b~c': 1 }, '/a~1b~0c: expected a known property, found an unknown one'],
    [
      { script: '', EnviromentVariables: {} },
      '/EnviromentVariables: expected a known property, found an unknown one; did you mean environmentVariables?',
    ],
    [
      { script: '', tokenSample: { clientID: '' } },
      '/tokenSample/clientID: expected a known property, found an unknown one; did you mean clientId?',
    ],
    [
      { script: '', tokenSample: { kind: 'ClientCredentials' } },
      '/tokenSample/kind: expected "AccessToken", found "ClientCredentials"',
    ],
    [{ script: '', tokenSample: { aud: 1 } }, '/tokenSample/aud: expected string or array, found number'],
    [{ script: '', tokenSample: { aud: ['a', 1] } }, '/tokenSample/aud/1: expected string, found number'],
    [
      { script: 'a\u0000b' },
      '/script: expected text without U+0000 and lone surrogates, found text that storage refuses',
    ],
  ])('%j', (body, message) => {
    expect(messages(body)).toEqual([message]);
  });

  test.each<[object, string]>([
    [
      { user: { id: 'u'.repeat(13) } },
      '/contextSample/user/id: expected at most 12 UTF-16 code units, found 13',
    ],
    [
      { user: { username: '💥'.repeat(65) } },
      '/contextSample/user/username: expected at most 128 UTF-16 code units, found 130',
    ],
    [{ user: { createdAt: null } }, '/contextSample/user/createdAt: expected number, found null'],
    [
      { user: {}, interaction: { verificationRecords: [{ type: 'Sms' }] } },
      '/contextSample/interaction/verificationRecords/0/type: expected a known type, found "Sms"',
    ],
    [
      { user: {}, application: { protectedAppMetadata: 1 } },
      '/contextSample/application/protectedAppMetadata: expected object or null, found number',
    ],
    [
      { user: {}, application: { customClientMetadata: { maxAllowedGrants: 0 } } },
      '/contextSample/application/customClientMetadata/maxAllowedGrants: expected > 0, found 0',
    ],
  ])('%j', (context, message) => {
    expect(inContext(context)).toEqual([message]);
  });

  test('a body reports every issue, each place once', () => {
    const issues = validateAccessTokenJwtCustomizer({
      script: 1,
      environmentVariables: { A: 1, B: 'x', C: null },
    });
    expect(issues.map(({ pointer }) => pointer).sort()).toEqual([
      '/environmentVariables/A',
      '/environmentVariables/C',
      '/script',
    ]);
  });
});

describe('a body with very many problems', () => {
  const many = 40_000;
  const fill = (value: unknown): unknown[] => Array(many).fill(value);
  const inUser = (user: object): object => ({ script: '', contextSample: { user } });
  const byKey = (value: unknown): object => Object.fromEntries(fill(value).map((_, key) => [key, value]));

  // Each took from 4 s to minutes while its errors were copied or compared with each other.
  test.each<[string, (body: unknown) => unknown[], unknown]>([
    ['unknown fields', validateAccessTokenJwtCustomizer, { script: '', ...byKey(1) }],
    ['values', validateAccessTokenJwtCustomizer, { script: '', environmentVariables: byKey(1) }],
    ['roles', validateAccessTokenJwtCustomizer, inUser({ roles: fill({}) })],
    ['identities', response.validateAccessTokenJwtCustomizer, inUser({ identities: byKey({}) })],
    ['sso identities', response.validateAccessTokenJwtCustomizer, inUser({ ssoIdentities: fill({}) })],
    ['a list', response.validateJwtCustomizerConfigs, fill({ key: 'jwt.accessToken', value: 1 })],
    ['a list of anything', response.validateJwtCustomizerConfigs, fill(1)],
  ])('has 100 issues: %s', (_, validate, body) => {
    expect(validate(body)).toHaveLength(100);
  });

  test('does not hide other problems behind unknown fields', () => {
    const issues = validateAccessTokenJwtCustomizer({ ...byKey(1), script: 5 });
    expect(issues).toHaveLength(100);
    expect(issues[0]).toMatchObject({ pointer: '/script', keyword: 'type' });
  });

  test('has as many issues as requested', () => {
    const body = { script: '', environmentVariables: byKey(1) };
    expect(validateAccessTokenJwtCustomizer(body, { maxIssues: 7 })).toHaveLength(7);
    expect(validateAccessTokenJwtCustomizer(body, { maxIssues: Infinity })).toHaveLength(many);
    // A list of bodies can be mapped: the index is not taken as options.
    expect([body].map(validateAccessTokenJwtCustomizer as never)[0]).toHaveLength(100);
  });
});

test('no issue quotes a value that could be a secret', () => {
  const secret = 'planted-secret';
  const bodies: unknown[] = [
    secret,
    { script: '', environmentVariables: secret },
    { script: '', environmentVariables: [secret] },
    { script: [secret], environmentVariables: { A: { b: secret } } },
    { script: '', blockIssuanceOnError: secret, contextSample: secret, tokenSample: { jti: { a: secret } } },
  ];
  for (const body of bodies) {
    const issues = validateAccessTokenJwtCustomizer(body);
    expect(issues.length).toBeGreaterThan(0);
    expect(JSON.stringify(issues)).not.toContain(secret);
  }
});

describe('the kinds of validators', () => {
  const newer = { script: '', newField: 1, contextSample: { user: { newField: 1 } } };

  test('request: what a tenant accepts', () => {
    expect(validateAccessTokenJwtCustomizer(newer).map(({ pointer }) => pointer)).toEqual(['/newField']);
  });

  test('response: allows fields that are newer than the document, and validates the known ones', () => {
    expect(response.validateAccessTokenJwtCustomizer(newer)).toEqual([]);
    expect(response.validateAccessTokenJwtCustomizer({ ...newer, script: 1 })).toHaveLength(1);
  });

  test('closed: allows no undocumented fields anywhere', () => {
    const pointers = closed.validateAccessTokenJwtCustomizer(newer).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/contextSample/user/newField', '/newField']);
  });

  test('free-form objects allow anything in all of them', () => {
    const free = {
      script: '',
      environmentVariables: { X: '1' },
      contextSample: { user: { customData: { any: { thing: 1 } } } },
    };
    expect(closed.validateAccessTokenJwtCustomizer(free)).toEqual([]);
  });
});

test('the variants of test requests are distinguished by tokenType', () => {
  const request = { tokenType: 'client-credentials', script: '', token: {}, context: { user: {} } };
  expect(validateAccessTokenJwtCustomizerTestRequest(request).map(({ pointer }) => pointer)).toEqual([
    '/tokenType',
  ]);
});

describe("redirect URIs are validated like Logto's guard", () => {
  const hosts = [
    'example.com',
    '*.example.com',
    '*',
    'localhost:3000',
    'a.b:*',
    '*.a.b:8080',
    'u:p@*.a.b',
    '[::1]',
    '[*]',
    '',
  ];
  const schemes = [
    'https://',
    'http://',
    'HTTP://',
    'app://',
    'com.example.app:/',
    'a_b://',
    '1a://',
    'ht*p://',
    '//',
    'javascript:',
  ];
  const paths = ['', '/', '/cb', '/*', '/a/../b', '/./', '/%2E%2e/x', '/a?x=*', '/a#*', '/a?x=1#y', '/a\n*?'];
  const verdict = (uri: string): boolean =>
    oidcClientMetadataGuard.safeParse({ redirectUris: [uri], postLogoutRedirectUris: [] }).success;

  test.each(schemes)('%s', (scheme) => {
    for (const host of hosts)
      for (const path of paths) {
        const uri = scheme + host + path;
        expect(formats['logto-redirect-uri'](uri), JSON.stringify(uri)).toBe(verdict(uri));
      }
  });
});
