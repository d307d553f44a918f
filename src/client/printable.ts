/**
 * A tenant's text as it may be printed. Characters that a terminal would act on are escaped: control characters and
 * those that change the text direction. So are the markers of GitHub Actions' workflow commands, `::` at the beginning of
 * a line and `##[` anywhere (`##vso[` in Azure Pipelines). Line breaks and tabs stay.
 */
export const printable = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is the search pattern
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|(^[^\S\n\r\u2028\u2029]*):(?=:)|#(?=#\w*\[)/gm,
    (found, indent: string = '') =>
      `${indent}\\u${found.charCodeAt(indent.length).toString(16).padStart(4, '0')}`,
  );
