import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { loadCases } from './cases.ts';
import { bodyOf, inert, inertScript } from './expected.ts';
import { isObject } from './json.ts';

/** The claims that a script adds, as releases up to 1.42 run it; none when it fails, as tenants do. */
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

test('no case stores a script on a live tenant that adds a claim', async () => {
  const scripts = loadCases()
    .map(inert)
    .flatMap((contract) => [
      ...Object.values(contract.given).flatMap(scriptsOf),
      ...(contract.request.operation === 'TestJwtCustomizer' ? [] : scriptsOf(bodyOf(contract))),
    ]);
  expect(scripts.length).toBeGreaterThan(100);
  for (const script of new Set(scripts)) expect(await claimsOf(script), script.slice(0, 200)).toEqual({});
});

test('a script that could add claims runs without an error, so that nothing is logged or blocked', async () => {
  const script = inertScript("const getCustomJwtClaims = () => ({ a: '*/' });");
  const entry = runInContext(`${script};getCustomJwtClaims`, createContext({})) as () => Promise<object>;
  expect(await entry()).toEqual({});
});

test('what adds no claim is stored byte for byte', () => {
  for (const script of ['', '// one\r\n', '\ufeff\t ', 'not JavaScript {{{'])
    expect(inertScript(script)).toBe(script);
});

test('scripts for POST /test stay as they are', () => {
  const tests = loadCases().filter(({ request }) => request.operation === 'TestJwtCustomizer');
  for (const contract of tests) expect(inert(contract).request).toBe(contract.request);
});
