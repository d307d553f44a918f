import { expect, test } from 'vitest';
import { redact } from './redact.ts';

const secret = `s3cr3t/+"é ~!'()*\\`;

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ secret })],
  ['in a URL', encodeURIComponent(secret)],
  ['in a form', new URLSearchParams({ secret }).toString()],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64url', Buffer.from(secret).toString('base64url')],
])('a secret %s is taken out, and what is around it stays', (_, text) => {
  const redacted = redact(`before ${text} after`, [secret]);
  expect(redacted).toMatch(/^before .*\[redacted\].* after$/);
  expect(redacted).not.toContain('s3cr3t');
  expect(redacted).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
});

test('the longer secret goes first, so that no rest of it is left', () => {
  expect(redact('abcdefgh', ['abcd', 'abcdefgh'])).toBe('[redacted]');
});

test('a text without the secret, and secrets too short to be any, change nothing', () => {
  expect(redact('PATCH answered 400', [secret, '400', ''])).toBe('PATCH answered 400');
});

test('a lone surrogate does not make it throw', () => {
  expect(redact('a\ud800bcd', ['a\ud800bcd'])).toBe('[redacted]');
});
