import { describe, expect, it } from 'vitest';
import { etagOf, isFresh } from './etag.ts';
import { accessToken, fakeTenant } from './fake-tenant.test-helper.ts';

/** contracts/recordings/conditional.jsonl, "a read answers an ETag". */
const script = '// one\n';
const environmentVariables = { A: '1' };
const etag = '"36-bzUtCDZbuCTpD0rByI8PIreyy6A"';

it('is the one that was recorded', () => {
  expect(etagOf('[]')).toBe('"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"');
  expect(etagOf(JSON.stringify({ script, environmentVariables }))).toBe(etag);
});

it.each([
  ['the same', { 'if-none-match': etag }, true],
  ['one of a list, weak', { 'if-none-match': `"stale", W/${etag}` }, true],
  ['any', { 'if-none-match': '*' }, true],
  ['another', { 'if-none-match': '"stale"' }, false],
  ['none', {}, false],
  ['the same, by fetch', { 'if-none-match': etag, 'cache-control': 'no-cache' }, false],
])('a caller who has %s', (_, headers, fresh) => {
  expect(isFresh(headers, etag)).toBe(fresh);
});

describe('a read', () => {
  const customizers = { 'access-token': { environmentVariables, script } };

  it('is answered 304 without a body to who has the content', async () => {
    const answer = await fakeTenant({ customizers }).send('GET', accessToken, {
      headers: { 'if-none-match': etag },
    });
    expect(answer).toMatchObject({ status: 304, text: '', headers: { etag } });
    expect(answer.headers).not.toHaveProperty('content-type');
  });
});
