import { clientCredentialsSample, runCustomizer } from 'logto-jwt-customizer/claims';
import { expect, test } from 'vitest';

const script = new URL('../claims/client-credentials.ts', import.meta.url);

test.each([
  ['shop', 'pro'],
  ['visitor', 'free'],
])('the token of %s carries the plan %s', async (clientId, plan) => {
  const { claims } = await runCustomizer(script, {
    tokenType: 'client-credentials',
    ...clientCredentialsSample({ token: { clientId } }),
    environmentVariables: { PLANS: '{"shop":"pro"}' },
  });
  expect(claims).toEqual({ plan });
});

test('without plans there are no claims, and the failure says where', async () => {
  const { failure } = await runCustomizer(script, {
    tokenType: 'client-credentials',
    environmentVariables: { PLANS: '' },
  });
  expect(failure).toMatchObject({ code: 'run-failed', line: 8 });
});
