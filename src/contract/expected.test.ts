import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loadCases } from './cases.ts';
import { bodyOf, inert, inertScript } from './expected.ts';
import { isObject } from './json.ts';

/** The claims that a script adds when releases up to 1.42 run it; none if it fails, as on a tenant. */
const claimsOf = async (script: string): Promise<object> => {
  try {
    const call = `${script}\n;getCustomJwtClaims({ token: {}, context: { user: {} }, environmentVariables: { PLAN: 'pro', SERVICE: 'billing' } })`;
    return (await runInContext(call, createContext({}), { timeout: 500 })) as object;
  } catch {
    return {};
  }
};

const scriptsOf = (body: unknown): string[] =>
  isObject(body) && typeof body['script'] === 'string' ? [body['script']] : [];

test('the helper of this test notices a script that adds claims', async () => {
  expect(await claimsOf('const getCustomJwtClaims = async () => ({ a: 1 });')).toEqual({ a: 1 });
});

test('no case stores a script that adds claims on a live tenant', async () => {
  const scripts = loadCases()
    .map(inert)
    .flatMap((contract) => [
      ...Object.values(contract.given).flatMap(scriptsOf),
      ...(contract.request.operation === 'TestJwtCustomizer' ? [] : scriptsOf(bodyOf(contract))),
    ]);
  expect(scripts.length).toBeGreaterThan(100);
  for (const script of new Set(scripts)) expect(await claimsOf(script), script.slice(0, 200)).toEqual({});
});

test('the inert version of a script runs without an error, so nothing is logged or blocked', async () => {
  const script = inertScript("const getCustomJwtClaims = () => ({ a: '*/' });");
  const entry = runInContext(`${script};getCustomJwtClaims`, createContext({})) as () => Promise<object>;
  expect(await entry()).toEqual({});
});

test('a script that adds no claims is stored byte for byte', () => {
  for (const script of ['', '// one\r\n', '\ufeff\t ', 'not JavaScript {{{'])
    expect(inertScript(script)).toBe(script);
});

test('scripts for POST /test are unchanged', () => {
  const tests = loadCases().filter(({ request }) => request.operation === 'TestJwtCustomizer');
  for (const contract of tests) expect(inert(contract).request).toBe(contract.request);
});
