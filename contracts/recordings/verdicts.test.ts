/** The verdict of our schemas on a request body is the tenant's, on every recorded exchange of every release. */
import { describe, expect, test } from 'vitest';
import type { Validate } from '../../generated/validators/issue.d.ts';
import * as validators from '../../generated/validators/request.js';
import { type RecordedLine, readRecorded } from '../../src/contract/recordings/index.ts';
import { recordedReleases } from '../conforming/index.ts';

const validatorOf = ({ request }: RecordedLine): Validate | undefined => {
  const isTest = request.path.endsWith('/test');
  const tokenType = isTest
    ? (request.body as { tokenType?: string }).tokenType
    : request.path.split('/').at(-1);
  if (tokenType === 'access-token')
    return isTest
      ? validators.validateAccessTokenJwtCustomizerTestRequest
      : validators.validateAccessTokenJwtCustomizer;
  if (tokenType === 'client-credentials')
    return isTest
      ? validators.validateClientCredentialsJwtCustomizerTestRequest
      : validators.validateClientCredentialsJwtCustomizer;
  return undefined;
};

/** Where the verdicts differ, and why. Our document describes the newest release. */
const exceptions: Record<string, Record<string, string>> = {
  '1.28': {
    'update access-token: blockIssuanceOnError': 'the field came with 1.39',
    'update client-credentials: blockIssuanceOnError': 'the field came with 1.39',
    'test client-credentials: no context': 'required from 1.37 on',
  },
};

/** 400 is the guard's refusal; 422 and 500 to a write are storage's, which our schemas share. */
const isRefused = ({ request, response }: RecordedLine): boolean =>
  response.status === 400 || (request.method !== 'POST' && [422, 500].includes(response.status));

const compare = (release: string): { compared: number; differing: string[] } => {
  const lines = readRecorded(release)
    .filter(({ kind }) => kind === 'exchanges')
    .map(({ line }) => line)
    .filter(
      ({ request, response }) =>
        request.auth === 'good' && request.body !== undefined && response.status !== 405,
    );
  const differing = lines.filter((line) => {
    const validate = validatorOf(line);
    return validate !== undefined && isRefused(line) !== validate(line.request.body).length > 0;
  });
  return { compared: lines.length, differing: differing.map(({ name }) => name) };
};

describe('the verdict on a request body', () => {
  test.each(recordedReleases)('is that of a tenant of %s', (release) => {
    const { compared, differing } = compare(release);
    expect(compared).toBeGreaterThan(45);
    expect(differing.sort()).toEqual(Object.keys(exceptions[release] ?? {}).sort());
  });
});
