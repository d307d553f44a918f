import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { printable } from './printable.ts';
import { redact, redactBody, redactForm, redactHeader, redactValue } from './redact.ts';

const secret = `s3cr3t/+"é ~!'()*\\`;

const unicode = (text: string): string =>
  [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

test.each([
  ['as it is', secret],
  ['in JSON', JSON.stringify({ secret })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ secret }))],
  ['in JSON, each character escaped', `{"a":"${unicode(secret)}"}`],
  ['in JSON, one character escaped', `{"a":"s3cr3t\\/\\u002B\\"\\u00e9 ~!'()*\\\\"}`],
  ['in JSON with escapes in JSON', JSON.stringify(`{"a":"${unicode(secret)}"}`)],
  ['in a URL', encodeURIComponent(secret)],
  ['in a URL in a URL', encodeURIComponent(encodeURIComponent(secret))],
  ['in a URL, in lowercase', encodeURIComponent(secret).toLowerCase()],
  ['in a form', new URLSearchParams({ secret }).toString()],
  ['in HTML', secret.replaceAll('"', '&quot;').replaceAll("'", '&#39;')],
  ['in XML', secret.replaceAll('"', '&#x22;').replaceAll("'", '&apos;')],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64url', Buffer.from(secret).toString('base64url')],
  ['in JSON in a URL', encodeURIComponent(JSON.stringify(secret))],
  ['in JavaScript', [...secret].map((one) => `\\u{${one.codePointAt(0)?.toString(16)}}`).join('')],
  ['in octal', [...secret].map((one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')],
  ['in the payload of a JWT', Buffer.from(JSON.stringify({ secret })).toString('base64url')],
  ['as Node shows a Buffer', inspect(Buffer.from(secret))],
  ['in a URL, five times', Array(5).fill(0).reduce<string>(encodeURIComponent, secret)],
  ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ['in hexadecimal, in uppercase', Buffer.from(secret).toString('hex').toUpperCase()],
])('a secret %s is taken out, and what is around it stays', (_, text) => {
  const redacted = redact(`before ${text} after`, [secret]);
  expect(redacted).toMatch(/^before .*\[redacted\].* after$/);
  expect(redacted).not.toContain('s3cr3t');
  expect(redacted).not.toContain('0073');
  expect(redacted).not.toContain('733363');
  expect(redacted).not.toContain('73 33 63');
  expect(redacted).not.toContain('163\\063');
  expect(redacted).not.toContain('{73}');
  expect(redacted).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
});

test.each([0, 1, 2, 3, 4, 5])('in longer base64, after %i bytes', (before) => {
  for (const encoding of ['base64', 'base64url'] as const) {
    const redacted = redact(Buffer.from(`${'i'.repeat(before)}${secret}:rest`).toString(encoding), [secret]);
    expect(redacted).toContain('[redacted]');
    expect(Buffer.from(redacted.replace('[redacted]', ''), encoding).toString()).not.toContain('s3cr');
  }
});

test.each([0, 1])('in a URL whose every character is escaped, %i of them before and after', (around) => {
  const escaped = (text: string) =>
    text.replaceAll(/./gsu, (one) =>
      encodeURIComponent(one).replace(/^[^%]/, (c) => `%${c.charCodeAt(0).toString(16)}`),
    );
  const other = escaped('é~'.repeat(around));
  expect(redact(other + escaped(secret) + other, [secret])).toBe(`${other}[redacted]${other}`);
});

test('the longer of two secrets is redacted completely', () => {
  expect(redact('abcdefgh', ['abcd', 'abcdefgh'])).toBe('[redacted]');
  expect(redact('abcdefgh', ['abcde', 'defgh'])).toBe('[redacted]');
});

test('each of several secrets is redacted everywhere', () => {
  expect(redact('first and second and first', ['first', 'second'])).toBe(
    '[redacted] and [redacted] and [redacted]',
  );
});

test('text without the secret stays, and so do secrets that are too short', () => {
  expect(redact('PATCH answered 400', [secret, '400', ''])).toBe('PATCH answered 400');
  expect(redact('a\\u0062c %41 &amp; a+b', [secret])).toBe('a\\u0062c %41 &amp; a+b');
});

test('a lone surrogate does not make it throw', () => {
  expect(redact('a\ud800bcd', ['a\ud800bcd'])).toBe('[redacted]');
});

describe('where a secret is known to be, it is redacted however short or common', () => {
  test('in a value: environment variables and tokens', () => {
    const value = [{ value: { script: 'x', environmentVariables: { A: 'x', B: ['x'] }, access_token: 't' } }];
    expect(redactValue(value, [])).toEqual([
      {
        value: {
          script: 'x',
          environmentVariables: { A: '[redacted]', B: ['[redacted]'] },
          access_token: '[redacted]',
        },
      },
    ]);
  });

  test('in a form: client id and client secret', () => {
    expect(redactForm('grant_type=x&client_id=a&client_secret=b&resource=planted', ['planted'])).toBe(
      'grant_type=x&client_id=[redacted]&client_secret=[redacted]&resource=[redacted]',
    );
  });

  test('in headers: credentials and cookies', () => {
    expect(redactHeader('Authorization', 'Bearer a', [])).toBe('Bearer [redacted]');
    expect(redactHeader('authorization', 'a', [])).toBe('[redacted]');
    expect(redactHeader('set-cookie', 'session=a', [])).toBe('[redacted]');
    expect(redactHeader('x-debug', 'it was planted', ['planted'])).toBe('it was [redacted]');
  });
});

test('a body is redacted after parsing', () => {
  expect(redactBody('{"a":"pl\\u0061nted","planted":1}', ['planted'])).toBe(
    '{"a":"[redacted]","[redacted]":1}',
  );
});

test('a secret of digits is redacted as a number, too', () => {
  expect(redactBody('{"pin":20260,"other":[1,12026099]}', ['20260'])).toBe(
    '{"pin":"[redacted]","other":[1,"[redacted]"]}',
  );
});

test('values as deep as a tenant can send are redacted, and inherited properties are left out', () => {
  const nested = `${'{"a":'.repeat(2_000)}"planted"${'}'.repeat(2_000)}`;
  expect(redactBody(nested, ['planted'])).toBe(nested.replace('planted', '[redacted]'));
  const own = '{"__proto__":{"a":1},"toString":1}';
  expect(redactBody(own, [])).toBe(own);
});

test('text that consists of a repeated secret is redacted, and a body that is too long is replaced by its length', () => {
  expect(redact('1'.repeat(2_000_000), ['1111'])).toBe('[redacted]');
  const long = JSON.stringify('a'.repeat(5_000_000));
  expect(redactBody(long, ['planted'])).toBe(`[${long.length} characters]`);
});

test.each(['{"access_token":"planted', 'planted', '<html>planted'])(
  'a body that does not parse is reported by its length: %s',
  (text) => {
    expect(redactBody(text, [])).toBe(`[${text.length} characters that are not JSON]`);
  },
);

test('characters that control a terminal are escaped', () => {
  expect(printable('a\x1b[2Jb\x07\r\x9b31m\u202ec')).toBe('a\\u001b[2Jb\\u0007\\u000d\\u009b31m\\u202ec');
});

test('commands of GitHub Actions are escaped on every line', () => {
  expect(printable('::error::no\n  ::add-mask::a\nb ##[set-output name=x]')).toBe(
    '\\u003a:error::no\n  \\u003a:add-mask::a\nb \\u0023#[set-output name=x]',
  );
});

test('commands of other CI systems that begin with ## are escaped, too', () => {
  expect(printable('a ##vso[task.setvariable variable=x]y')).toBe(
    'a \\u0023#vso[task.setvariable variable=x]y',
  );
});

// Each took minutes when the search went to the end of the text for every line break.
test.each(['\r ', '\u2028 '])('white space takes linear time: %j', (space) => {
  expect(printable(space.repeat(200_000))).toHaveLength(200_000 * 7);
});

test('everything else stays, and escapes are not escaped again', () => {
  const text = 'plain: a::b # é\n\ttext\u00a0';
  expect(printable(text)).toBe(text);
  const escaped = printable('\x1b::\n::');
  expect(printable(escaped)).toBe(escaped);
});
