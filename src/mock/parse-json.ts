export type ParsedJson = { value: unknown } | { message: string };

/**
 * The JSON in a request's body as tenants read it: no body is `{}`, and only objects and arrays are taken.
 * `message` is what is wrong, in a tenant's words (recorded for `"script"` and for `{"script": `).
 */
export const parseJson = (body: Uint8Array): ParsedJson => {
  const text = new TextDecoder().decode(body);
  if (text === '') return { value: {} };
  if (!/^[ \t\r\n]*[[{]/.test(text)) return { message: 'invalid JSON, only supports object and array' };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : 'invalid JSON' };
  }
};
