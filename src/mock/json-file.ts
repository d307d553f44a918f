/** The keys of the outermost object of JSON text, including duplicates. */
const outermostKeys = (text: string): string[] => {
  const keys: string[] = [];
  let depth = 0;
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && colon !== undefined) keys.push(JSON.parse(string ?? '""') as string);
  }
  return keys;
};

/**
 * Parses a file of customizers, without its byte order mark.
 *
 * @throws {Error} whose message follows the file name
 */
export const parseCustomizersFile = (text: string): unknown => {
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error(/^\uFFFD|\0/.test(json) ? 'is not JSON in UTF-8; save it as UTF-8' : 'is not valid JSON');
  }
  const keys = outermostKeys(json);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`names ${JSON.stringify(twice)} twice; leave one of them out`);
  return value;
};
