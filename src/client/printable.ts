/**
 * Text of a tenant as it may be printed: control characters, and those that turn the direction of what follows, are
 * written as escapes, since a terminal would obey them. So are the signs by which GitHub Actions knows a command in a
 * log, `::` at the beginning of a line and `##[` anywhere (`##vso[` in Azure Pipelines). Line breaks and tabs stay.
 */
export const printable = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|(^[^\S\n\r\u2028\u2029]*):(?=:)|#(?=#\w*\[)/gm,
    (found, indent: string = '') =>
      `${indent}\\u${found.charCodeAt(indent.length).toString(16).padStart(4, '0')}`,
  );
