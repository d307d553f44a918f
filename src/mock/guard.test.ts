import {
  accessTokenJwtCustomizerGuard,
  clientCredentialsJwtCustomizerGuard,
  jwtCustomizerTestRequestBodyGuard,
} from '@logto/schemas';
import { describe, expect, it } from 'vitest';
import { example, openApi } from './document.test-helper.ts';
import { judge } from './judge.ts';

interface OfficialGuard {
  safeParse: (body: unknown) => { success: boolean; error?: { issues: unknown[] } };
}

type Path = (string | number)[];

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [
        path,
        ...Object.entries(value).flatMap(([key, child]) =>
          pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

const replaceAt = (value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown => {
  if (key === undefined) return change(value);
  const copy = structuredClone(value) as Record<string | number, unknown>;
  const changed = replaceAt(copy[key], rest, change);
  if (changed === undefined) delete copy[key];
  else copy[key] = changed;
  return Array.isArray(copy) ? Object.values(copy) : copy;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const changes: ((old: unknown) => unknown)[] = [
  ...[undefined, 1, 'x', '', true, null, [], {}, [1], 'y'.repeat(3_000)].map((value) => () => value),
  (old) => (isObject(old) ? { ...old, zz: 1, b: 2 } : old),
];

/** Places where the document says less than the guard, and so the words differ. */
const exceptions: Record<string, string> = {
  'contextSample.interaction.verificationRecords.0.identifier':
    'the document has one enum where the guard has a union of two',
  'contextSample.interaction.verificationRecords.0.identifier.type':
    'the document has one enum where the guard has a union of two',
};

const cases: [name: string, tokenTypePath: string | undefined, guard: OfficialGuard][] = [
  ...['every-field', 'interaction', 'application', 'organization', 'block-issuance-on-error'].map(
    (name): (typeof cases)[number] => [`access-token-${name}`, 'access-token', accessTokenJwtCustomizerGuard],
  ),
  ...['every-field', 'application'].map((name): (typeof cases)[number] => [
    `client-credentials-${name}`,
    'client-credentials',
    clientCredentialsJwtCustomizerGuard,
  ]),
  ['test-access-token-claims', undefined, jwtCustomizerTestRequestBodyGuard],
  ['test-client-credentials-claims', undefined, jwtCustomizerTestRequestBodyGuard],
];

const issuesOf = (tokenTypePath: string | undefined, body: unknown): unknown => {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const judgement = judge(
    tokenTypePath,
    bytes,
    ['access-token', 'client-credentials'],
    openApi.components.schemas,
  );
  const refusal = 'refusal' in judgement ? judgement.refusal : undefined;
  return (refusal?.body as { data?: { issues: unknown } } | undefined)?.data?.issues;
};

describe('a body is refused in the words and the order of the official guard', () => {
  it.each(cases)('%s, spoilt in every place', (name, tokenTypePath, guard) => {
    const valid = example(name);
    const differing: unknown[] = [];
    let compared = 0;
    for (const path of pathsOf(valid)) {
      for (const change of changes) {
        const body = replaceAt(valid, path, change);
        const official = guard.safeParse(body);
        if (official.success || !isObject(body)) continue;
        const issues: unknown = JSON.parse(JSON.stringify(official.error?.issues));
        const ours = issuesOf(tokenTypePath, body);
        compared += 1;
        if (
          JSON.stringify(ours, sortKeys) !== JSON.stringify(issues, sortKeys) &&
          !(path.join('.') in exceptions)
        )
          differing.push({ path, ours, issues });
      }
    }
    expect(compared).toBeGreaterThan(15);
    expect(differing).toStrictEqual([]);
  });
});

function sortKeys(_: string, value: unknown): unknown {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
