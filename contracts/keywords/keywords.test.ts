/** Every keyword of the document's schemas is proved. */
import { afterEach, describe, expect, test } from 'vitest';
import { schemas } from '../guards/subjects.ts';
import { keywordTable, reasons } from './table.ts';

const rows = keywordTable();
const gaps = rows.filter(({ isProved }) => !isProved);

describe('every keyword of the schemas', () => {
  test('is proved by a body that only it refuses and a body that it accepts, or has a reason why not', () => {
    const found = gaps.filter(({ key }) => !reasons.has(key));
    expect(
      found.map(({ key, problems }) => `${key}: ${problems.join('; ')}`),
      'write a case (contracts/cases/) that sends a valid and an invalid value, or explain in contracts/keywords/reasons.json why none can',
    ).toEqual([]);
  });

  test('still needs its reason', () => {
    const open = new Set(gaps.map(({ key }) => key));
    expect(
      [...reasons.keys()].filter((key) => !open.has(key)),
      'take them out of contracts/keywords/reasons.json',
    ).toEqual([]);
  });

  test.each([
    'const',
    'pattern',
    'format',
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'minimum',
    'maximum',
    'exclusiveMinimum',
  ])('has its row: %s', (keyword) => {
    const written = JSON.stringify(schemas).split(`"${keyword}":`).length - 1;
    expect(rows.filter((row) => row.keyword.split(':')[0] === keyword)).toHaveLength(written);
  });
});

type Node = { [key: string]: Node } & unknown[];
const original = structuredClone(schemas);

describe('a keyword that disagrees with tenants is found', () => {
  afterEach(() => {
    Object.assign(schemas, structuredClone(original));
  });

  /** The problems of the rows about a changed schema. */
  const problemsAfter = (name: string, change: (schema: Node) => void): string[] => {
    change(schemas[name] as unknown as Node);
    return keywordTable([name]).flatMap(({ problems }) => problems);
  };

  test.each<[string, string, (schema: Node) => void, string]>([
    [
      'a length that is one too long',
      'OrganizationContext',
      ({ properties }) => Object.assign(properties?.['id'] as Node, { maxLength: 22 }),
      'the guard refuses `/contextSample/organization/id = "xxxxxxxxxxxxxxxxxxxxxx"`',
    ],
    [
      'a length that is one too short',
      'UserOrganization',
      ({ properties }) => Object.assign(properties?.['name'] as Node, { maxLength: 127 }),
      `the guard accepts \`/contextSample/user/organizations/0/name = "${'x'.repeat(128)}"\``,
    ],
    [
      'a value that no tenant takes',
      'TemplateType',
      (schema) => schema['enum']?.push('Magic'),
      'the guard refuses `/contextSample/interaction/verificationRecords/0/templateType = "Magic"`',
    ],
    [
      'a null that no tenant takes',
      'UserProfile',
      ({ properties }) => Object.assign(properties?.['nickname'] as Node, { type: ['string', 'null'] }),
      'the guard refuses `/contextSample/user/profile/nickname = null`',
    ],
    [
      'a null that every tenant takes',
      'UserRoleScope',
      ({ properties }) => Object.assign(properties?.['description'] as Node, { type: 'string' }),
      'the guard accepts `/contextSample/user/roles/0/scopes/0/description = null`',
    ],
    [
      'a required property that is none',
      'BackupCodeVerificationRecord',
      (schema) => schema['required']?.push('code'),
      'the guard accepts `/contextSample/interaction/verificationRecords/0 = {"id":"","type":"BackupCode","userId":""}`',
    ],
  ])('%s', (_, name, change, problem) => {
    expect(problemsAfter(name, change)).toContain(problem);
  });

  test('an unnecessary keyword', () => {
    Object.assign(schemas['TokenResponse']?.['properties']?.['expires_in' as never] ?? {}, {
      maximum: 1e9,
      minLength: 1,
    });
    const unproved = keywordTable(['TokenResponse']).filter(
      ({ key, isProved }) => !isProved && !reasons.has(key),
    );
    expect(unproved.map(({ key }) => key)).toEqual(['TokenResponse#/properties/expires_in minLength: 1']);
  });

  test('a keyword without a defined proof', () => {
    Object.assign(schemas['UserProfile'] ?? {}, { minProperties: 0 });
    expect(() => keywordTable(['UserProfile'])).toThrow(
      'UserProfile: contracts/keywords does not define how to prove minProperties',
    );
  });

  test('a schema that refuses a body that a tenant accepted', () => {
    Object.assign(schemas['UserContext']?.['properties'] ?? {}, { avatar: { type: 'string' } });
    expect(() => keywordTable(['UserContext'])).toThrow(
      'case: PATCH stores null in every nullable field of a user: AccessTokenJwtCustomizer',
    );
  });
});
