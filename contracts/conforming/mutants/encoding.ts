import { refusing } from './guards.ts';
import { inArea, type Mutant } from './mutant.ts';
import { isEmptyObject, storing, storingScripts } from './storage.ts';

/** The first so many UTF-16 units. */
const cutAt = (length: number) => (script: string) => script.slice(0, length);

const isFormatted = (script: string): boolean => {
  try {
    new Function(script);
    return true;
  } catch {
    return false;
  }
};

const decodedAs = (encoding: string) => (text: string) =>
  new TextDecoder(encoding).decode(new TextEncoder().encode(text));

const script = (name: string, change: (script: string) => string): Omit<Mutant, 'area'> => ({
  name,
  breaks: 'byte-for-byte',
  rules: storingScripts(change),
});

export const encoding: Mutant[] = inArea('encoding', [
  script('a script is composed (NFC)', (text) => text.normalize('NFC')),
  script('a script is decomposed (NFD)', (text) => text.normalize('NFD')),
  script('a script loses its compatibility characters (NFKC)', (text) => text.normalize('NFKC')),
  script('a script is taken for Latin-1', decodedAs('latin1')),
  script('characters outside Latin-1 become question marks', (text) =>
    text.replaceAll(/[\u0100-\u{10ffff}]/gu, '?'),
  ),
  script('characters outside the basic plane are lost', (text) =>
    text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, ''),
  ),
  script('characters that one cannot see are lost', (text) => text.replaceAll(/\p{Cf}/gu, '')),
  script('control characters are lost', (text) => text.replaceAll(/[^\P{Cc}\t\n\r]/gu, '')),
  script('U+2028 and U+2029 become line feeds', (text) => text.replaceAll(/[\u2028\u2029]/g, '\n')),
  script('U+2028 becomes an escape', (text) => text.replaceAll('\u2028', '\\u2028')),
  script('escapes are undone once more', (text) =>
    text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ),
  script('backslashes are doubled', (text) => text.replaceAll('\\', '\\\\')),
  script('quotes are escaped', (text) => text.replaceAll('"', '\\"')),
  script('a script is escaped for HTML', (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  script('a placeholder is filled in', (text) => text.replaceAll(/\$\{\w+\}/g, '')),
  script('CRLF becomes LF', (text) => text.replaceAll('\r\n', '\n')),
  script('LF becomes CRLF', (text) => text.replaceAll(/(?<!\r)\n/g, '\r\n')),
  script('a lone CR becomes LF', (text) => text.replaceAll(/\r(?!\n)/g, '\n')),
  script('a byte order mark is lost', (text) => text.replace(/^\ufeff/, '')),
  script('white space at the start is lost', (text) => text.replace(/^[ \t\n]+/, '')),
  script('white space at the end is lost', (text) => text.replace(/[ \t\n]+$/, '')),
  script('a line feed is added at the end', (text) => (text.endsWith('\n') ? text : `${text}\n`)),
  script('a tab becomes spaces', (text) => text.replaceAll('\t', '  ')),
  script('comments are lost', (text) => text.replaceAll(/\/\*.*?\*\//g, '')),
  script('a script is cut at 64 KiB', cutAt(65_536)),
  script('a script is cut at 256 KiB', cutAt(262_144)),
  {
    name: 'a script is cut at 1,000,000 characters',
    breaks: 'body-limit',
    rules: storingScripts(cutAt(1_000_000)),
  },
  script('an empty script becomes a line feed', (text) => text || '\n'),
  {
    name: 'a script that is no JavaScript is refused',
    breaks: 'byte-for-byte',
    rules: refusing(['script'], (sent) => typeof sent['script'] === 'string' && !isFormatted(sent['script'])),
  },
  {
    name: 'an empty script is refused',
    breaks: 'byte-for-byte',
    rules: refusing(['script'], (sent) => sent['script'] === ''),
  },
  {
    name: 'the texts of environment variables are trimmed',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).map(([name, text]) => [name, text.trim()]))
        : value,
    ),
  },
  {
    name: 'the names of environment variables are trimmed of odd characters',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.replaceAll(/\W/g, '_'), text]),
          )
        : value,
    ),
  },
  {
    name: 'the names of environment variables are made upper case',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.toUpperCase(), text]),
          )
        : value,
    ),
  },
  {
    name: 'texts outside scripts are composed (NFC)',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      typeof value === 'string' && key !== 'script' ? value.normalize('NFC') : value,
    ),
  },
]);

export const nulls: Mutant[] = inArea('nulls', [
  {
    name: 'null is not stored',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === null ? undefined : value)),
  },
  {
    name: 'null is stored as an empty text',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === null ? '' : value)),
  },
  {
    name: 'null is stored as the text null',
    breaks: 'json-is-kept',
    rules: storing((value) => (value === null ? 'null' : value)),
  },
  {
    name: 'null inside an array is not stored',
    breaks: 'json-is-kept',
    rules: storing((value) => (Array.isArray(value) ? value.filter((item) => item !== null) : value)),
  },
  {
    name: 'an empty text is stored as null',
    breaks: 'json-is-kept',
    rules: storing((value, key) => (value === '' && key !== 'script' ? null : value)),
  },
  {
    name: 'null is refused in fields that may be null',
    breaks: 'json-is-kept',
    rules: refusing(['contextSample', 'user', 'username'], (sent) =>
      JSON.stringify(sent).includes('"username":null'),
    ),
  },
]);

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

export const emptyValues: Mutant[] = inArea('empty values', [
  {
    name: 'an empty object is not stored',
    breaks: ['json-is-kept', 'patch-merges'],
    rules: storing((value, key) => (key !== '' && isEmptyObject(value) ? undefined : value)),
  },
  {
    name: 'an empty object is stored as null',
    breaks: 'json-is-kept',
    rules: storing((value, key) => (key !== '' && isEmptyObject(value) ? null : value)),
  },
  {
    name: 'an empty object is stored as an empty array',
    breaks: 'json-is-kept',
    rules: storing((value, key) => (key !== '' && isEmptyObject(value) ? [] : value)),
  },
  {
    name: 'an empty array is not stored',
    breaks: 'json-is-kept',
    rules: storing((value) => (isEmptyArray(value) ? undefined : value)),
  },
  {
    name: 'an empty array is stored as an empty object',
    breaks: 'json-is-kept',
    rules: storing((value) => (isEmptyArray(value) ? {} : value)),
  },
  {
    name: 'an environment variable that is empty is not stored',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([, text]) => text !== ''))
        : value,
    ),
  },
  {
    name: 'an environment variable whose name is empty is not stored',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== ''))
        : value,
    ),
  },
  {
    name: 'empty environmentVariables are not stored',
    breaks: 'patch-merges',
    rules: storing((value, key) =>
      key === 'environmentVariables' && isEmptyObject(value) ? undefined : value,
    ),
  },
]);

export const arrays: Mutant[] = inArea('arrays', [
  {
    name: 'several resources in aud are stored as one text',
    breaks: 'json-is-kept',
    rules: storing((value, key) => (key === 'aud' && Array.isArray(value) ? value.join(' ') : value)),
  },
  {
    name: 'several resources in aud are stored as the first one',
    breaks: 'json-is-kept',
    rules: storing((value, key) => (key === 'aud' && Array.isArray(value) ? value.slice(0, 1) : value)),
  },
  {
    name: 'an aud of one resource in an array is stored as its text',
    breaks: 'json-is-kept',
    rules: storing((value, key) =>
      key === 'aud' && Array.isArray(value) && value.length === 1 ? value[0] : value,
    ),
  },
  {
    name: 'an aud of one text is stored as an array',
    breaks: ['patch-merges', 'get-answers-stored'],
    rules: storing((value, key) => (key === 'aud' && typeof value === 'string' ? [value] : value)),
  },
  {
    name: 'equal items of an array are stored once',
    breaks: 'json-is-kept',
    rules: storing((value) => (Array.isArray(value) ? [...new Set(value)] : value)),
  },
  {
    name: 'the items of an array are sorted',
    breaks: 'json-is-kept',
    rules: storing((value) => (Array.isArray(value) ? value.toSorted() : value)),
  },
  {
    name: 'arrays in arrays are stored flat',
    breaks: 'json-is-kept',
    rules: storing((value) => (Array.isArray(value) ? value.flat() : value)),
  },
  {
    name: 'an array is stored as an object of its items',
    breaks: 'json-is-kept',
    rules: storing((value) => (Array.isArray(value) ? { ...value } : value)),
  },
]);
