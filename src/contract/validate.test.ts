/** The findings; `__failures__` has complete messages. */
import { expect, test } from 'vitest';
import { spoilt } from './spoilt.test-helper.ts';
import { validate } from './validate.ts';

const merged = 'PATCH with the script alone keeps every other field (access-token)';
const stored = 'PATCH replaces environmentVariables whole, it does not merge them';
const refused = 'PATCH refuses the documented request example {} (access-token)';

test.each<[what: string, name: string, changes: { [pointer: string]: unknown }, finding: string | RegExp]>([
  [
    'an undocumented field, deep inside',
    merged,
    { '/body/contextSample/user/shoeSize': 42 },
    'schema: AccessTokenJwtCustomizer: /contextSample/user/shoeSize: expected a known property, found an unknown one',
  ],
  [
    'a response that was not stored',
    stored,
    { '/after/access-token': null },
    /^stored: stored for access-token: expected \{"script".*found null$/,
  ],
  [
    'a refusal that changed a field of what is stored',
    refused,
    { '/after/access-token/script': 'changed' },
    /^stored: stored for access-token, \/script: expected "const .*found "changed"$/,
  ],
  [
    'another code',
    'PATCH of a token type without a customizer is 404 (access-token)',
    { '/body/code': 'entity.not_found' },
    'code: expected the code entity.not_exists_with_id, found "entity.not_found"',
  ],
  [
    'an unexpected code',
    'PATCH refuses a body that is not JSON, without a code',
    { '/body/code': 'x' },
    'code: expected no code, found "x"',
  ],
  [
    'an issue at another place',
    refused,
    { '/body/data/issues/0/path': [] },
    'issues: expected issues at /script; found (the body)',
  ],
  [
    'an issue without a path, by the schema',
    refused,
    { '/body/data/issues': [{ code: 'x', message: 'y' }, null] },
    'schema: InvalidInputError: /data/issues/0/path: expected a required value, found nothing',
  ],
  [
    'an issue without a path, by the case, without crashing',
    refused,
    { '/body/data/issues': [{ code: 'x', message: 'y' }, null] },
    'issues: expected issues at /script; found none',
  ],
  [
    'an unexpected header',
    'PATCH without an Authorization header is 401',
    { '/headers/www-authenticate': 'Bearer' },
    'header: the header www-authenticate should not be there',
  ],
  [
    'another content type',
    merged,
    { '/headers/content-type': 'text/html' },
    'content type: expected application/json, found text/html',
  ],
  [
    'an unexpected body',
    'DELETE removes the customizer (access-token)',
    { '/body': 'gone' },
    'body: expected no body, found a string of 4 characters',
  ],
  [
    'another plain text',
    'POST to a customizer is 405 and says which methods there are',
    { '/body': 'No' },
    'schema: text: expected "Method Not Allowed", found a string of 2 characters',
  ],
  [
    'a response that is not the documented example',
    'POST /test answers the claims of an access-token script',
    { '/body/plan': 'free' },
    'example: /plan (example test-access-token-claims): expected "pro", found "free"',
  ],
])('finds %s', async (_, name, changes, finding) => {
  expect(validate(...(await spoilt(name)))).toEqual([]);
  const findings = validate(...(await spoilt(name, changes)));
  expect(findings.map(({ check, message }) => `${check}: ${message}`)).toContainEqual(
    typeof finding === 'string' ? finding : expect.stringMatching(finding),
  );
  // A single wrong place is reported once.
  if (/^(example|header|stored)/.test(findings[0]?.check ?? '')) expect(findings).toHaveLength(1);
});

test('finds an undocumented status', async () => {
  const [contract, exchange] = await spoilt(merged, { '/status': 418 });
  expect(validate({ ...contract, expect: { status: 418 } }, exchange)).toEqual([
    { check: 'status', message: 'UpdateJwtCustomizer does not document the status 418' },
  ]);
});
