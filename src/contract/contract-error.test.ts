/** What people read when a tenant breaks the contract. They read it more often than code: each text is a file. */
import { expect, test } from 'vitest';
import { loadCases } from './cases.ts';
import { assertConforms } from './contract-error.ts';
import type { Exchange } from './exchange.ts';
import { openRecordings } from './targets/recordings.ts';

const cases = loadCases();
const recordings = openRecordings('1.43');

type Fields = { [field: string]: unknown };

const failureOf = async (
  name: string,
  spoil: (exchange: Exchange, body: Fields) => void,
): Promise<string> => {
  const contract = cases.find((candidate) => candidate.name === name);
  if (contract === undefined) throw new Error(`no case is named "${name}"`);
  const exchange = structuredClone(await recordings.exchange(contract));
  spoil(exchange, exchange.body as Fields);
  try {
    assertConforms(contract, exchange);
  } catch (error) {
    return `${(error as Error).message}\n`;
  }
  throw new Error('the spoilt answer conforms');
};

test.each<[file: string, name: string, spoil: (exchange: Exchange, body: Fields) => void]>([
  [
    'a field was not kept',
    'PATCH with the script alone keeps every other field (access-token)',
    (_, body) => {
      delete body['environmentVariables'];
    },
  ],
  [
    'environment variables were merged',
    'PATCH replaces environmentVariables whole, it does not merge them',
    (_, body) => {
      body['environmentVariables'] = { PLAN: 'pro', REGION: 'eu', ONLY: '1' };
    },
  ],
  [
    'the other variant was answered',
    'GET answers the stored customizer (access-token)',
    (_, body) => {
      body['tokenSample'] = { kind: 'ClientCredentials', jti: 'j2' };
    },
  ],
  [
    'a refusal changed what is stored',
    'PATCH refuses the documented request example {} (access-token)',
    (exchange) => {
      exchange.after['access-token'] = { script: '' };
    },
  ],
  [
    'an oversized body read as a missing customizer',
    'PATCH answers a body of 1 MiB and one byte with 404 Not Found, which is no missing customizer',
    (exchange) => {
      exchange.headers['content-type'] = 'application/json';
      exchange.body = { code: 'entity.not_exists_with_id', message: 'The logto_config does not exist.' };
    },
  ],
  [
    'a script was trimmed',
    'PATCH accepts an empty script',
    (_, body) => {
      body['script'] = 'undefined';
    },
  ],
  [
    'a server error in place of a refusal',
    'PATCH refuses a script that is a number',
    (exchange) => {
      exchange.status = 500;
      exchange.body = { message: 'Internal server error.' };
    },
  ],
  [
    'an undocumented field',
    'PUT removes what is left out (client-credentials)',
    (_, body) => {
      body['updatedAt'] = 1_732_300_000_000;
    },
  ],
  [
    'the request id and the ETag are gone',
    'The list has both customizers, access-token first',
    (exchange) => {
      exchange.headers = { 'content-type': 'application/json; charset=utf-8' };
    },
  ],
  [
    'a wrong secret was granted a token',
    'A wrong client secret is 401 invalid_client',
    (exchange) => {
      exchange.status = 200;
      exchange.body = { access_token: '[redacted]', expires_in: 3600, token_type: 'Bearer', scope: 'all' };
    },
  ],
  [
    'a denial was answered as a failure',
    'POST /test answers a denial with 403',
    (exchange) => {
      exchange.status = 422;
    },
  ],
])('%s', async (file, name, spoil) => {
  const text = await failureOf(name, spoil);
  await expect(text).toMatchFileSnapshot(`__failures__/${file.replaceAll(' ', '-')}.txt`);
});

test('of a response with thousands of faults, a hundred are told', async () => {
  const text = await failureOf(
    'PATCH with the script alone keeps every other field (access-token)',
    (_, body) => {
      for (let number = 0; number < 5_000; number += 1) body[`field${number}`] = number;
    },
  );
  expect(text.split('\n').filter((line) => line.includes('found'))).toHaveLength(100);
  expect(text).toMatch(/^ {4}and \d{4} more$/m);
});
