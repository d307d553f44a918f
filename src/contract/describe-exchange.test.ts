/** How a report describes an exchange. */
import { expect, test } from 'vitest';
import { describeExchange } from './describe-exchange.ts';
import { makeReport } from './report.ts';
import { spoilt } from './spoilt.test-helper.ts';

const described = async (...args: Parameters<typeof spoilt>) => describeExchange(...(await spoilt(...args)));

test('credentials are shown as the variables of the curl command, in the header and in a form', async () => {
  const basic = await described('Client credentials in HTTP Basic are granted the scope all');
  expect(basic.request).toEqual({
    method: 'POST',
    path: '/oidc/token',
    headers: {
      authorization: 'Basic $LOGTO_APP_ID:$LOGTO_APP_SECRET',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: { grant_type: 'client_credentials', resource: '$LOGTO_RESOURCE', scope: 'all' },
  });
  const form = await described('Client credentials in the form are granted the scope all');
  expect(form.request.body).toMatchObject({
    client_id: '$LOGTO_APP_ID',
    client_secret: '$LOGTO_APP_SECRET',
  });
});

test('a response with very many fields is shortened: its body, findings and strings', async () => {
  const body = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`field ${index}`, 'x']));
  const exchange = await described('GET answers the stored customizer (access-token)', {
    '/body': body,
    '/after': { 'access-token': { script: 'x'.repeat(2 ** 20) } },
  });
  expect(JSON.stringify(exchange).length).toBeLessThan(100_000);
  expect(exchange.findings).toHaveLength(101);
  expect(exchange.findings.at(-1)?.message).toMatch(/^\d+ more findings$/);
  expect(exchange.response.body).toMatch(/^\{"field 0".*… \(\d+ characters\)$/);
  expect(exchange.after['access-token']).toEqual({ script: `${'x'.repeat(200)}… (1048576 characters)` });
});

test('the error of a failed case is shortened', () => {
  const outcome = { target: 'mock', case: 'one', state: 'failed', error: 'x'.repeat(2 ** 20) } as const;
  const facts = { startedAt: new Date(), milliseconds: 1, result: 'failed', targets: ['mock'] } as const;
  const [result] = makeReport([outcome], facts).results;
  expect(result?.error).toMatch(/^x{20000}… \(1048576 characters\)$/);
});
