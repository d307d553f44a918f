/** The messages for a tenant that breaks the contract, each in a golden file. */
import { expect, test } from 'vitest';
import { assertConforms } from './contract-error.ts';
import { spoilt } from './spoilt.test-helper.ts';

type Changes = { [pointer: string]: unknown };

const merged = 'PATCH with the script alone keeps every other field (access-token)';
const json = 'application/json';

const failureOf = async (name: string, changes: Changes): Promise<string> => {
  const [contract, exchange] = await spoilt(name, changes);
  let text = '';
  expect(() => {
    try {
      assertConforms(contract, exchange);
    } catch (error) {
      text = `${(error as Error).message}\n`;
      throw error;
    }
  }).toThrow();
  return text;
};

test.each<[file: string, name: string, Changes]>([
  ['a field was not kept', merged, { '/body/environmentVariables': undefined }],
  [
    'environment variables were merged',
    'PATCH replaces environmentVariables whole, it does not merge them',
    { '/body/environmentVariables': { PLAN: 'pro', REGION: 'eu', ONLY: '1' } },
  ],
  [
    'the response is the other variant',
    'GET answers the stored customizer (access-token)',
    { '/body/tokenSample': { kind: 'ClientCredentials', jti: 'j2' } },
  ],
  [
    'a refusal changed what is stored',
    'PATCH refuses the documented request example {} (access-token)',
    { '/after/access-token': { script: '' } },
  ],
  [
    'an oversized body read as a missing customizer',
    'PATCH answers a body of 1 MiB and one byte with 404 Not Found, which is no missing customizer',
    {
      '/headers/content-type': json,
      '/body': { code: 'entity.not_exists_with_id', message: 'The logto_config does not exist.' },
    },
  ],
  ['a script was trimmed', 'PATCH accepts an empty script', { '/body/script': 'undefined' }],
  [
    'a server error in place of a refusal',
    'PATCH refuses a script that is a number',
    { '/status': 500, '/body': { message: 'Internal server error.' } },
  ],
  [
    'an undocumented field',
    'PUT removes what is left out (client-credentials)',
    { '/body/updatedAt': 1_732_300_000_000 },
  ],
  [
    'the request id and the ETag are gone',
    'The list has both customizers, access-token first',
    { '/headers': { 'content-type': `${json}; charset=utf-8` } },
  ],
  [
    'a wrong secret was granted a token',
    'A wrong client secret is 401 invalid_client',
    {
      '/status': 200,
      '/body': { access_token: '[redacted]', expires_in: 3600, token_type: 'Bearer', scope: 'all' },
    },
  ],
  ['a denial is reported as a failure', 'POST /test answers a denial with 403', { '/status': 422 }],
])('%s', async (file, name, changes) => {
  await expect(await failureOf(name, changes)).toMatchFileSnapshot(
    `__failures__/${file.replaceAll(' ', '-')}.txt`,
  );
});

test('a response with thousands of findings shows a hundred', async () => {
  const fields = Array.from({ length: 5_000 }, (_, number) => [`/body/field${number}`, number]);
  const text = await failureOf(merged, Object.fromEntries(fields));
  expect(text.split('\n').filter((line) => line.includes('found'))).toHaveLength(100);
  expect(text).toMatch(/^ {4}and \d{4} more$/m);
});
