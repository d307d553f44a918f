/** The only redactor: of text, JSON values, bodies and headers. */
import { isRecord } from './json.ts';

const redacted = '[redacted]';

/** Shorter secrets are redacted only where they are known to be; elsewhere, ordinary words would be lost. */
const shortest = 4;

/** Decoded text. `starts`: the positions in the original text of its characters and its end, if they differ. */
interface Reading {
  readonly text: string;
  readonly starts?: readonly number[];
}

const letters: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const entities: Record<string, string> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** The escapes of JSON and JavaScript, shells, URLs, and HTML or XML. */
const escapes =
  /\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\([0-3][0-7]{2})|\\(["'\\/bfnrt])|(%[0-9a-f]{2}(?:%[89ab][0-9a-f]){0,3})|&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|&(\w+);/gi;

const decoder = new TextDecoder();

const fromBytes = (escaped: string): string =>
  decoder.decode(Uint8Array.from(escaped.slice(1).split('%'), (hex) => Number.parseInt(hex, 16)));

const fromCode = (code: number): string => (code > 0x10ffff ? '' : String.fromCodePoint(code));

/** A reading with its escapes resolved once; `undefined` when there are none. */
const resolveEscapes = ({ text, starts }: Reading): Reading | undefined => {
  let out = '';
  const from: number[] = [];
  let end = 0;
  const keep = (to: number): void => {
    for (let index = end; index < to; index += 1) from.push(starts?.[index] ?? index);
    out += text.slice(end, to);
  };
  for (const match of text.matchAll(escapes)) {
    const [whole, unit, point, byte, octal, letter, percent, hex, decimal, entity] = match;
    const code = unit ?? point ?? byte ?? hex;
    const read =
      (code !== undefined && fromCode(Number.parseInt(code, 16))) ||
      (octal !== undefined && fromCode(Number.parseInt(octal, 8))) ||
      (percent !== undefined && fromBytes(percent)) ||
      (decimal !== undefined && fromCode(Number(decimal))) ||
      (letters[letter ?? ''] ?? letter ?? entities[entity ?? '']);
    if (read === undefined) continue;
    keep(match.index);
    out += read;
    end = match.index + whole.length;
    // If one escape stands for several characters, the first of them covers all of it.
    for (let index = 0; index < read.length; index += 1) {
      const place = index === 0 ? match.index : end;
      from.push(starts?.[place] ?? place);
    }
  }
  if (end === 0) return undefined;
  keep(text.length);
  return { text: out, starts: [...from, starts?.at(-1) ?? text.length] };
};

/** The characters of a secret's base64 that do not depend on the bytes around it, for each of the three alignments. */
const base64 = (secret: string): string[] =>
  [0, 1, 2].flatMap((before) => {
    const bytes = [...new Uint8Array(before), ...new TextEncoder().encode(secret)];
    const encoded = btoa(String.fromCharCode(...bytes)).slice(
      Math.ceil((before * 8) / 6),
      Math.floor((bytes.length * 8) / 6),
    );
    return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** The secret in hexadecimal: contiguous, or as Node shows a Buffer. */
const hexadecimal = (secret: string): string[] => {
  const bytes = [...new TextEncoder().encode(secret)];
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [digits, digits.toUpperCase(), digits.replace(/..(?!$)/g, '$& ')];
};

/** Layers of escapes: JSON in a string of JSON, in a page. */
const deepest = 8;

/** The needles are the same for each string of a body. */
const known = new WeakMap<readonly string[], readonly string[]>();

const needlesOf = (secrets: readonly string[]): readonly string[] => {
  const cached = known.get(secrets);
  if (cached !== undefined) return cached;
  const long = [...new Set(secrets)].filter(({ length }) => length >= shortest);
  // The payload of a JWT is JSON: in its base64, secrets are JSON-escaped.
  const written = [...new Set(long.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))];
  const encoded = written.flatMap((secret) => [...base64(secret), ...hexadecimal(secret)]);
  const needles = [...new Set([...long, ...encoded])];
  known.set(secrets, needles);
  return needles;
};

/**
 * `text` without the secrets, whether plain, escaped as in JSON, URLs, forms and HTML (also nested), or anywhere in base64
 * or hexadecimal. Secrets of fewer than four characters stay: `redactValue` redacts them where they are known to be.
 */
export const redact = (text: string, secrets: readonly string[]): string => {
  const hidden = new Uint8Array(text.length);
  const hide = ({ text: within, starts }: Reading): void => {
    for (const needle of needlesOf(secrets)) {
      let done = 0;
      for (let at = within.indexOf(needle); at >= 0; at = within.indexOf(needle, at + 1)) {
        const [start, end] = [starts?.[at] ?? at, starts?.[at + needle.length] ?? at + needle.length];
        // Fill nothing twice: a long string of ones contains `1111` a million times.
        hidden.fill(1, Math.max(start, done), end);
        done = end;
      }
    }
  };
  let reading: Reading | undefined = { text };
  for (let depth = 0; depth < deepest && reading !== undefined; depth += 1) {
    hide(reading);
    if (reading.text.includes('+')) {
      // A form writes a space as `+`.
      const form: Reading = { ...reading, text: reading.text.replaceAll('+', ' ') };
      hide(form);
      hide(resolveEscapes(form) ?? form);
    }
    reading = resolveEscapes(reading);
  }
  let out = '';
  for (let at = 0; at < text.length; ) {
    const change = hidden.indexOf(hidden[at] ? 0 : 1, at);
    const end = change < 0 ? text.length : change;
    out += hidden[at] ? redacted : text.slice(at, end);
    at = end;
  }
  return out;
};

/** Fields of bodies and forms whose value is always a secret. */
const isSecretField = (key: string): boolean =>
  /^(?:(?:access|refresh|id|subject)_token|client_secret)$/.test(key);

const blank = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(blank);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, blank(item)]));
  return value === null ? null : redacted;
};

/**
 * A JSON value without the secrets in its strings and keys, and without tokens, client secrets and environment variables.
 *
 * @param variables - `kept`: environment variables stay, except for secrets in them
 */
export const redactValue = (
  value: unknown,
  secrets: readonly string[],
  variables: 'blanked' | 'kept' = 'blanked',
): unknown => {
  if (typeof value === 'string') return redact(value, secrets);
  // A secret of digits may come back as a number.
  if (typeof value === 'number') return redact(`${value}`, secrets) === `${value}` ? value : redacted;
  if (Object(value) !== value) return value;
  const isBlank = (key: string): boolean =>
    isSecretField(key) || (key === 'environmentVariables' && variables === 'blanked');
  const entries: [string, unknown][] = [];
  // A loop needs half the stack of `map`: a response can be nested 2,000 deep.
  for (const [key, item] of Object.entries(value as object))
    entries.push(
      isBlank(key) ? [key, blank(item)] : [redact(key, secrets), redactValue(item, secrets, variables)],
    );
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
};

/** Characters: several times a customizer's. Searching 16 MB for secrets takes seconds, which an attacker could exploit. */
const longestBody = 4 * 2 ** 20;

/** The text of a JSON body without the secrets; only the length of a body that is not JSON or is too long. */
export const redactBody = (text: string, secrets: readonly string[]): string => {
  if (text === '') return '';
  if (text.length > longestBody) return `[${text.length} characters]`;
  try {
    return JSON.stringify(redactValue(JSON.parse(text), secrets));
  } catch {
    return `[${text.length} characters that are not JSON]`;
  }
};

/** The text of a form without the secrets, the client id and the client secret. */
export const redactForm = (text: string, secrets: readonly string[]): string =>
  [...new URLSearchParams(text)]
    .map(([key, value]) => {
      const isSecret = isSecretField(key) || key === 'client_id';
      return `${key}=${isSecret ? redacted : redact(value, secrets)}`;
    })
    .join('&');

/** The value of a header without the secrets. Of credentials, only the scheme stays; of cookies, nothing. */
export const redactHeader = (name: string, value: string, secrets: readonly string[]): string => {
  if (/cookie$/i.test(name)) return redacted;
  if (/authorization$/i.test(name)) return value.replace(/^(\S+ )?.*$/s, `$1${redacted}`);
  return redact(value, secrets);
};
