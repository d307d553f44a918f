import { refusing } from './guards.ts';
import { byRules, inArea, type Mutant } from './mutant.ts';
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

const script = (name: string, change: (script: string) => string): Omit<Mutant, 'area'> =>
  byRules(name, 'byte-for-byte', storingScripts(change));

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
  byRules('a script is cut at 1,000,000 characters', 'body-limit', storingScripts(cutAt(1_000_000))),
  script('an empty script becomes a line feed', (text) => text || '\n'),
  byRules(
    'a script that is no JavaScript is refused',
    'byte-for-byte',
    refusing(['script'], (sent) => typeof sent['script'] === 'string' && !isFormatted(sent['script'])),
  ),
  byRules(
    'an empty script is refused',
    'byte-for-byte',
    refusing(['script'], (sent) => sent['script'] === ''),
  ),
  byRules(
    'the texts of environment variables are trimmed',
    'json-is-kept',
    storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).map(([name, text]) => [name, text.trim()]))
        : value,
    ),
  ),
  byRules(
    'the names of environment variables are trimmed of odd characters',
    'json-is-kept',
    storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.replaceAll(/\W/g, '_'), text]),
          )
        : value,
    ),
  ),
  byRules(
    'the names of environment variables are made upper case',
    'json-is-kept',
    storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.toUpperCase(), text]),
          )
        : value,
    ),
  ),
  byRules(
    'texts outside scripts are composed (NFC)',
    'json-is-kept',
    storing((value, key) => (typeof value === 'string' && key !== 'script' ? value.normalize('NFC') : value)),
  ),
]);

export const nulls: Mutant[] = inArea('nulls', [
  byRules(
    'null is not stored',
    'json-is-kept',
    storing((value) => (value === null ? undefined : value)),
  ),
  byRules(
    'null is stored as an empty text',
    'json-is-kept',
    storing((value) => (value === null ? '' : value)),
  ),
  byRules(
    'null is stored as the text null',
    'json-is-kept',
    storing((value) => (value === null ? 'null' : value)),
  ),
  byRules(
    'null inside an array is not stored',
    'json-is-kept',
    storing((value) => (Array.isArray(value) ? value.filter((item) => item !== null) : value)),
  ),
  byRules(
    'an empty text is stored as null',
    'json-is-kept',
    storing((value, key) => (value === '' && key !== 'script' ? null : value)),
  ),
  byRules(
    'null is refused in fields that may be null',
    'json-is-kept',
    refusing(['contextSample', 'user', 'username'], (sent) =>
      JSON.stringify(sent).includes('"username":null'),
    ),
  ),
]);

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

export const emptyValues: Mutant[] = inArea('empty values', [
  byRules(
    'an empty object is not stored',
    ['json-is-kept', 'patch-merges'],
    storing((value, key) => (key !== '' && isEmptyObject(value) ? undefined : value)),
  ),
  byRules(
    'an empty object is stored as null',
    'json-is-kept',
    storing((value, key) => (key !== '' && isEmptyObject(value) ? null : value)),
  ),
  byRules(
    'an empty object is stored as an empty array',
    'json-is-kept',
    storing((value, key) => (key !== '' && isEmptyObject(value) ? [] : value)),
  ),
  byRules(
    'an empty array is not stored',
    'json-is-kept',
    storing((value) => (isEmptyArray(value) ? undefined : value)),
  ),
  byRules(
    'an empty array is stored as an empty object',
    'json-is-kept',
    storing((value) => (isEmptyArray(value) ? {} : value)),
  ),
  byRules(
    'an environment variable that is empty is not stored',
    'json-is-kept',
    storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([, text]) => text !== ''))
        : value,
    ),
  ),
  byRules(
    'an environment variable whose name is empty is not stored',
    'json-is-kept',
    storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== ''))
        : value,
    ),
  ),
  byRules(
    'empty environmentVariables are not stored',
    'patch-merges',
    storing((value, key) => (key === 'environmentVariables' && isEmptyObject(value) ? undefined : value)),
  ),
]);

export const arrays: Mutant[] = inArea('arrays', [
  byRules(
    'several resources in aud are stored as one text',
    'json-is-kept',
    storing((value, key) => (key === 'aud' && Array.isArray(value) ? value.join(' ') : value)),
  ),
  byRules(
    'several resources in aud are stored as the first one',
    'json-is-kept',
    storing((value, key) => (key === 'aud' && Array.isArray(value) ? value.slice(0, 1) : value)),
  ),
  byRules(
    'an aud of one resource in an array is stored as its text',
    'json-is-kept',
    storing((value, key) => (key === 'aud' && Array.isArray(value) && value.length === 1 ? value[0] : value)),
  ),
  byRules(
    'an aud of one text is stored as an array',
    ['patch-merges', 'get-answers-stored'],
    storing((value, key) => (key === 'aud' && typeof value === 'string' ? [value] : value)),
  ),
  byRules(
    'equal items of an array are stored once',
    'json-is-kept',
    storing((value) => (Array.isArray(value) ? [...new Set(value)] : value)),
  ),
  byRules(
    'the items of an array are sorted',
    'json-is-kept',
    storing((value) => (Array.isArray(value) ? value.toSorted() : value)),
  ),
  byRules(
    'arrays in arrays are stored flat',
    'json-is-kept',
    storing((value) => (Array.isArray(value) ? value.flat() : value)),
  ),
  byRules(
    'an array is stored as an object of its items',
    'json-is-kept',
    storing((value) => (Array.isArray(value) ? { ...value } : value)),
  ),
]);
