import { isEmptyObject, refusing, storing, storingScripts } from './hooks.ts';
import { byRules, inArea, type Mutant } from './mutant.ts';

/** Cuts a string to this many UTF-16 code units. */
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

const scripts = (changes: Record<string, (script: string) => string>): ReturnType<typeof byRules> =>
  byRules(
    'byte-for-byte',
    Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, storingScripts(change)])),
  );

export const encoding: Mutant[] = inArea('encoding', [
  ...scripts({
    'a script is composed (NFC)': (text) => text.normalize('NFC'),
    'a script is decomposed (NFD)': (text) => text.normalize('NFD'),
    'a script loses its compatibility characters (NFKC)': (text) => text.normalize('NFKC'),
    'a script is decoded as Latin-1': decodedAs('latin1'),
    'characters outside Latin-1 become question marks': (text) =>
      text.replaceAll(/[\u0100-\u{10ffff}]/gu, '?'),
    'characters outside the basic plane are lost': (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, ''),
    'invisible characters are lost': (text) => text.replaceAll(/\p{Cf}/gu, ''),
    'control characters are lost': (text) => text.replaceAll(/[^\P{Cc}\t\n\r]/gu, ''),
    'U+2028 and U+2029 become line feeds': (text) => text.replaceAll(/[\u2028\u2029]/g, '\n'),
    'U+2028 becomes an escape': (text) => text.replaceAll('\u2028', '\\u2028'),
    'escapes are decoded twice': (text) =>
      text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'backslashes are doubled': (text) => text.replaceAll('\\', '\\\\'),
    'quotes are escaped': (text) => text.replaceAll('"', '\\"'),
    'a script is escaped for HTML': (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    'a placeholder is replaced': (text) => text.replaceAll(/\$\{\w+\}/g, ''),
    'CRLF becomes LF': (text) => text.replaceAll('\r\n', '\n'),
    'LF becomes CRLF': (text) => text.replaceAll(/(?<!\r)\n/g, '\r\n'),
    'a lone CR becomes LF': (text) => text.replaceAll(/\r(?!\n)/g, '\n'),
    'a byte order mark is lost': (text) => text.replace(/^\ufeff/, ''),
    'white space at the start is lost': (text) => text.replace(/^[ \t\n]+/, ''),
    'white space at the end is lost': (text) => text.replace(/[ \t\n]+$/, ''),
    'a line feed is added at the end': (text) => (text.endsWith('\n') ? text : `${text}\n`),
    'a tab becomes spaces': (text) => text.replaceAll('\t', '  '),
    'comments are lost': (text) => text.replaceAll(/\/\*.*?\*\//g, ''),
    'a script is cut at 64 KiB': cutAt(65_536),
    'a script is cut at 256 KiB': cutAt(262_144),
  }),
  ...byRules('body-limit', {
    'a script is cut at 1,000,000 characters': storingScripts(cutAt(1_000_000)),
  }),
  ...scripts({
    'an empty script becomes a line feed': (text) => text || '\n',
  }),
  ...byRules('byte-for-byte', {
    'a script that is not JavaScript is refused': refusing(
      ['script'],
      (sent) => typeof sent['script'] === 'string' && !isFormatted(sent['script']),
    ),
    'an empty script is refused': refusing(['script'], (sent) => sent['script'] === ''),
  }),
  ...byRules('json-is-kept', {
    'the values of environment variables are trimmed': storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).map(([name, text]) => [name, text.trim()]))
        : value,
    ),
    'unusual characters in the names of environment variables become underscores': storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.replaceAll(/\W/g, '_'), text]),
          )
        : value,
    ),
    'the names of environment variables are made upper case': storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(
            Object.entries(value as object).map(([name, text]) => [name.toUpperCase(), text]),
          )
        : value,
    ),
    'strings outside scripts are composed (NFC)': storing((value, key) =>
      typeof value === 'string' && key !== 'script' ? value.normalize('NFC') : value,
    ),
  }),
]);

export const nulls: Mutant[] = inArea('nulls', [
  ...byRules('json-is-kept', {
    'null is not stored': storing((value) => (value === null ? undefined : value)),
    'null is stored as an empty string': storing((value) => (value === null ? '' : value)),
    'null is stored as the string null': storing((value) => (value === null ? 'null' : value)),
    'null inside an array is not stored': storing((value) =>
      Array.isArray(value) ? value.filter((item) => item !== null) : value,
    ),
    'an empty string is stored as null': storing((value, key) =>
      value === '' && key !== 'script' ? null : value,
    ),
    'null is refused in fields that may be null': refusing(['contextSample', 'user', 'username'], (sent) =>
      JSON.stringify(sent).includes('"username":null'),
    ),
  }),
]);

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

export const emptyValues: Mutant[] = inArea('empty values', [
  ...byRules(['json-is-kept', 'patch-merges'], {
    'an empty object is not stored': storing((value, key) =>
      key !== '' && isEmptyObject(value) ? undefined : value,
    ),
  }),
  ...byRules('json-is-kept', {
    'an empty object is stored as null': storing((value, key) =>
      key !== '' && isEmptyObject(value) ? null : value,
    ),
    'an empty object is stored as an empty array': storing((value, key) =>
      key !== '' && isEmptyObject(value) ? [] : value,
    ),
    'an empty array is not stored': storing((value) => (isEmptyArray(value) ? undefined : value)),
    'an empty array is stored as an empty object': storing((value) => (isEmptyArray(value) ? {} : value)),
    'an environment variable that is empty is not stored': storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([, text]) => text !== ''))
        : value,
    ),
    'an environment variable whose name is empty is not stored': storing((value, key) =>
      key === 'environmentVariables'
        ? Object.fromEntries(Object.entries(value as object).filter(([name]) => name !== ''))
        : value,
    ),
  }),
  ...byRules('patch-merges', {
    'empty environmentVariables are not stored': storing((value, key) =>
      key === 'environmentVariables' && isEmptyObject(value) ? undefined : value,
    ),
  }),
]);

export const arrays: Mutant[] = inArea('arrays', [
  ...byRules('json-is-kept', {
    'several resources in aud are stored as one string': storing((value, key) =>
      key === 'aud' && Array.isArray(value) ? value.join(' ') : value,
    ),
    'several resources in aud are stored as the first one': storing((value, key) =>
      key === 'aud' && Array.isArray(value) ? value.slice(0, 1) : value,
    ),
    'an aud of one resource in an array is stored as a string': storing((value, key) =>
      key === 'aud' && Array.isArray(value) && value.length === 1 ? value[0] : value,
    ),
    'equal items of an array are stored once': storing((value) =>
      Array.isArray(value) ? [...new Set(value)] : value,
    ),
    'the items of an array are sorted': storing((value) => (Array.isArray(value) ? value.toSorted() : value)),
    'arrays in arrays are stored flat': storing((value) => (Array.isArray(value) ? value.flat() : value)),
    'an array is stored as an object of its items': storing((value) =>
      Array.isArray(value) ? { ...value } : value,
    ),
  }),
  ...byRules(['patch-merges', 'get-answers-stored'], {
    'an aud that is a string is stored as an array': storing((value, key) =>
      key === 'aud' && typeof value === 'string' ? [value] : value,
    ),
  }),
]);
