/** Tests the issue about the newest release with known releases in its place. The issues are golden files. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { BodyGuard, ZodIssue } from '../../src/tenant/index.ts';
import { loadGuards, type ReleasedGuards } from './guards.ts';
import { installedReleases } from './install.ts';
import { disagreementsWith, issueOf } from './issue.ts';
import { documentGuardsOf } from './subjects.ts';

/** The newest release with installed guards. Our document may already describe a later one. */
const { release: newestInstalled = '' } = installedReleases.at(-1) ?? {};

const issueAbout = (
  newest: ReleasedGuards,
  document = documentGuardsOf(newestInstalled),
): string | undefined =>
  issueOf(newest, disagreementsWith(newest, document, { seed: 20_261_125, runs: 300 }));

test('there is no issue for the release that the document describes', async () => {
  expect(issueAbout(await loadGuards(newestInstalled))).toBeUndefined();
});

test('a release that knows less: removed fields and values', async () => {
  const issue = issueAbout(await loadGuards('1.30'));
  await expect(String(issue)).toMatchFileSnapshot('__issues__/1.30.1.md');
});

test('a release that knows more: the additions and their places', async () => {
  const issue = issueAbout(await loadGuards('1.42'), documentGuardsOf('1.37'));
  await expect(String(issue)).toMatchFileSnapshot('__issues__/1.42.0-by-the-document-of-1.37.md');
});

test('a release that knows more values', async () => {
  const issue = issueAbout(await loadGuards('1.30'), documentGuardsOf('1.29'));
  await expect(String(issue)).toMatchFileSnapshot('__issues__/1.30.1-by-the-document-of-1.29.md');
});

describe('a release with other requirements for known fields', () => {
  let newest: ReleasedGuards;
  beforeAll(async () => {
    newest = await loadGuards(newestInstalled);
  });

  /** The release with another validation of access-token customizers. */
  const validating = (
    validate: (body: { script: string; tokenSample?: object }) => ZodIssue[],
  ): ReleasedGuards => {
    const official = newest.guards.customizers['access-token'];
    const guard: BodyGuard = (body) => {
      const result = official(body);
      if (!result.success) return result;
      const issues = validate(body as { script: string });
      return issues.length === 0 ? result : { success: false, issues };
    };
    return {
      ...newest,
      version: '1.44.0',
      guards: { ...newest.guards, customizers: { ...newest.guards.customizers, 'access-token': guard } },
    };
  };

  test('a limit', async () => {
    const message = 'String must contain at most 3 character(s)';
    const issue = issueAbout(
      validating(({ script }) => (script.length > 3 ? [{ code: 'too_big', path: ['script'], message }] : [])),
    );
    await expect(String(issue)).toMatchFileSnapshot('__issues__/a-limit.md');
  });

  test('a required field', async () => {
    const issue = issueAbout(
      validating(({ tokenSample }) =>
        tokenSample !== undefined && !Object.hasOwn(tokenSample, 'actor')
          ? [{ code: 'invalid_type', path: ['tokenSample', 'actor'], message: 'Required' }]
          : [],
      ),
    );
    await expect(String(issue)).toMatchFileSnapshot('__issues__/a-required-field.md');
  });
});
