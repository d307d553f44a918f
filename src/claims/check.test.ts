import { afterAll, describe, expect, test } from 'vitest';
import { createRunner } from '../runner/index.ts';
import { checkScript } from './check.ts';
import { claimsRules } from './rules.ts';

const runners = new Map(
  ['1.28', '1.42', '1.43'].map((release) => [release, createRunner({ release, timeout: 1000 })]),
);
afterAll(() => {
  for (const runner of runners.values()) runner.close();
});

const findingsOf = async (
  script: string,
  release = '1.43',
  tokenType: 'access-token' | 'client-credentials' = 'access-token',
) => checkScript(script, { tokenType, release }, runners.get(release) as never);
const shown = async (...args: Parameters<typeof findingsOf>) =>
  (await findingsOf(...args)).map(
    ({ code, line, column, message }) => `${line}:${column} ${code}: ${message}`,
  );

/** The script of a function with this body. */
const fn = (body: string): string =>
  `const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => {\n${body}\n};\n`;

/** What is found, and the nearest script in which nothing is. */
const pairs: [code: keyof typeof claimsRules, release: string, bad: string, at: string, good: string][] = [
  ['syntax-error', '1.43', fn('return { a: 1,, };'), '2:15', fn('return { a: 1, };')],
  ['syntax-error', '1.43', `await 1;\n${fn('return {};')}`, '1:7', fn('await 1; return {};')],
  [
    'syntax-error',
    '1.43',
    fn('return { a: /(?i:a)/.source };'),
    '2:14',
    fn('return { a: /(?:a)/i.source };'),
  ],
  ['export', '1.43', `export ${fn('return {};')}`, '1:1', fn('return {};')],
  [
    'export',
    '1.43',
    'exports.getCustomJwtClaims = () => ({});\n',
    '1:1',
    'this.getCustomJwtClaims = () => ({});\n',
  ],
  ['import', '1.43', fn('const os = require("os"); return {};'), '2:12', fn('return { a: typeof require };')],
  ['import', '1.43', fn('const os = await import("os"); return {};'), '2:18', fn('return {};')],
  [
    'no-function',
    '1.43',
    'const getCustomJwtClaim = () => ({});\n',
    '1:1',
    'function getCustomJwtClaims() { return {}; }\n',
  ],
  ['no-function', '1.43', 'const getCustomJwtClaims = {};\n', '1:28', 'getCustomJwtClaims = () => ({});\n'],
  ['trailing-comment', '1.42', `${fn('return {};').trim()} // end`, '3:4', `${fn('return {};')}// end\n`],
  [
    'unknown-global',
    '1.42',
    fn('return { a: Buffer.from("a").length };'),
    '2:13',
    fn('return { a: typeof Buffer === "undefined" ? 0 : Buffer.from("a").length };'),
  ],
  [
    'unknown-global',
    '1.43',
    fn('return { a: window.name };'),
    '2:13',
    fn('const window = { name: "" }; return { a: window.name };'),
  ],
  [
    'unknown-global',
    '1.43',
    fn('return { a: await Promise.try(() => 1) };'),
    '2:19',
    fn('return { a: Promise.try ? 1 : 2 };'),
  ],
  [
    'unknown-member',
    '1.43',
    fn('return { a: context.userId };'),
    '2:21',
    fn('return { a: context.user.id };'),
  ],
  [
    'unknown-member',
    '1.43',
    fn('return { a: context.user.roles.map((role) => role.nmae) };'),
    '2:51',
    fn('return { a: context.user.roles.map((role) => role.name) };'),
  ],
  [
    'unknown-member',
    '1.43',
    fn('return { a: context.user.organizationRoles[context.organization.id] };'),
    '2:44',
    fn('return { a: context.user.organizationRoles[0] };'),
  ],
  [
    'unknown-member',
    '1.43',
    fn('api.accessToken.setCustomClaim("a", 1); return {};'),
    '2:5',
    fn('api.denyAccess; return {};'),
  ],
  [
    'unknown-member',
    '1.28',
    fn('return { a: context.organization.id };'),
    '2:21',
    fn('return { a: context.organization?.id };'),
  ],
  [
    'unknown-member',
    '1.43',
    fn('const { usr } = context; return {};'),
    '2:9',
    fn('const { user: usr } = context; return { a: usr.id };'),
  ],
  [
    'positional-arguments',
    '1.43',
    'const getCustomJwtClaims = (token, context) => ({ a: context.user.id });\n',
    '1:36',
    'const getCustomJwtClaims = (input, _) => ({ a: input.context.user.id });\n',
  ],
  [
    'ignored-claim',
    '1.43',
    fn('return { sub: "a" };'),
    '2:10',
    fn('return { subject: "a", sub: undefined };'),
  ],
  [
    'ignored-claim',
    '1.43',
    fn('const claims = {}; claims["su" + "b"] = 1; return claims;'),
    '1:1',
    fn('const claims = {}; claims.a = 1; return claims;'),
  ],
  ['overruling-claim', '1.43', fn('return { nbf: 1 };'), '2:10', fn('return { not_before: 1 };')],
  [
    'server-environment',
    '1.43',
    fn('return { a: process.env.X ?? 1 };'),
    '2:13',
    fn('return { a: process.version };'),
  ],
  [
    'fetch-without-limit',
    '1.42',
    fn('try { await fetch("https://a.example"); } catch {} return {};'),
    '2:13',
    fn('try { await fetch("data:,"); } catch {} return {};'),
  ],
  [
    'loop-after-await',
    '1.42',
    fn('await null; while (token.jti === "") {} return {};'),
    '2:13',
    fn('while (token.jti === "") {} for (const a of [1]) await a; return {};'),
  ],
  [
    'state-outside',
    '1.42',
    `let n = 0;\n${fn('return { n: ++n };')}`,
    '3:15',
    `const n = 1;\n${fn('let m = n; return { n: ++m };')}`,
  ],
  [
    'state-outside',
    '1.42',
    `const seen = new Map();\n${fn('seen.set(1, 1); return {};')}`,
    '3:1',
    `const seen = new Map([[1, 1]]);\n${fn('return { a: seen.get(1) };')}`,
  ],
  [
    'caught-denial',
    '1.43',
    fn('try { if (token.jti === "") api.denyAccess("no"); } catch {} return {};'),
    '2:29',
    fn('try { if (token.jti === "") api.denyAccess("no"); } catch (error) { throw error; } return {};'),
  ],
  [
    'instanceof-argument',
    '1.42',
    fn('return { a: context.user.roles instanceof Array };'),
    '2:13',
    fn('return { a: [] instanceof Array, b: Array.isArray(context.user.roles) };'),
  ],
  [
    'run-failed',
    '1.43',
    fn('return { a: context.user.customData.plan.name };'),
    '2:42',
    fn('return { a: context.user.customData.plan?.name };'),
  ],
  ['run-failed', '1.43', fn('return [];'), '1:1', fn('return {};')],
  ['run-timeout', '1.43', fn('while (true) {}'), '1:1', fn('return {};')],
  [
    'unfit-value',
    '1.43',
    fn('return { at: new Date(0) };'),
    '1:1',
    fn('return { at: new Date(0).toISOString() };'),
  ],
  ['unfit-value', '1.42', fn('return { n: 1n };'), '1:1', fn('return { n: Number(1n) };')],
  [
    'run-inconclusive',
    '1.43',
    fn('return { a: (await fetch("https://a.example")).status };'),
    '2:20',
    fn('return { a: typeof fetch };'),
  ],
  [
    'run-inconclusive',
    '1.43',
    fn('return { a: JSON.parse(environmentVariables.A).a };'),
    '2:18',
    fn('return { a: environmentVariables.A };'),
  ],
  ['denied', '1.43', fn('api.denyAccess("no"); return {};'), '2:5', fn('return {};')],
];

describe.each(pairs)('%s on %s', (code, release, bad, at, good) => {
  test(`is found in ${JSON.stringify(bad.slice(0, 200))}`, async () => {
    const findings = await findingsOf(bad, release);
    expect(findings.map((one) => `${one.code} ${one.line}:${one.column}`)).toEqual([`${code} ${at}`]);
    expect(findings[0]?.severity).toBe(claimsRules[code].severity);
  });

  test('and not in the nearest that is right', async () => {
    expect(await shown(good, release)).toEqual([]);
  });
});

test('every rule has a pair, or is a refusal of build or of a sample', () => {
  const elsewhere = ['not-erasable', 'nul-character', 'lone-surrogate', 'too-large', 'sample-differs'];
  const covered = new Set([...pairs.map(([code]) => code), ...elsewhere]);
  expect(Object.keys(claimsRules).filter((code) => !covered.has(code as never))).toEqual([]);
});

test('a message says what to write instead', async () => {
  expect(await shown(fn('return { a: context.userId, b: context.user.primaryMail, sub: 1 };'))).toEqual([
    '2:21 unknown-member: context.userId does not exist: did you mean context.user.id?',
    '2:45 unknown-member: context.user.primaryMail does not exist: did you mean context.user.primaryEmail?',
    '2:58 ignored-claim: tenants ignore the claim sub: use another name',
  ]);
  expect(await shown(fn('return { a: context.organization.id };'), '1.28')).toEqual([
    '2:21 unknown-member: context.organization comes with 1.41 and does not exist on 1.28: read it with ?.',
  ]);
  const ofApplication = fn('return { team: context?.application.customData.team };');
  expect(await shown(ofApplication, '1.28', 'client-credentials')).toEqual([]);
});

describe('a sample', () => {
  const script = fn(
    'if (context.user.isSuspended) api.denyAccess("suspended"); return { id: context.user.id };',
  );
  const codes = async (sample: object) => {
    const options = { tokenType: 'access-token', release: '1.43', samples: { one: sample } } as const;
    const findings = await checkScript(script, options, runners.get('1.43') as never);
    return findings.map(({ code, sample: name }) => `${code} ${name}`);
  };
  const suspended = { context: { user: { isSuspended: true } } };
  test.each([
    [suspended, ['denied one']],
    [{ ...suspended, expect: { denied: 'suspended' } }, []],
    [{ ...suspended, expect: { denied: 'other' } }, ['sample-differs one']],
    [{ ...suspended, expect: { claims: {} } }, ['sample-differs one']],
    [{ expect: { denied: 'suspended' } }, ['sample-differs one']],
    [{ context: { user: { id: 'u' } }, expect: { claims: { id: 'u' } } }, []],
    [{ context: { user: { id: 'u' } }, expect: { claims: { id: 'v' } } }, ['sample-differs one']],
  ])('%j', async (sample, expected) => {
    expect(await codes(sample)).toEqual(expected);
  });
});
