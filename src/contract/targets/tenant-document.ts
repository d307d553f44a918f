import { readFile } from 'node:fs/promises';
import { createTransport, singleAttempt } from '../../client/call/transport.ts';
import { parseJson } from '../../client/json.ts';
import type { Sender } from './http.ts';

const path = '/api/swagger.json';

const parse = (text: string, name: string): unknown => {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error(
      `${name} is ${/^\s*</.test(text) ? 'HTML' : 'not JSON, or nested too deep'}: an OpenAPI document in JSON is expected`,
    );
  }
};

/**
 * Reads a tenant's own OpenAPI document.
 *
 * @throws {Error} when the tenant does not return it.
 */
export const tenantDocument = async ({ endpoint }: Pick<Sender, 'endpoint'>): Promise<unknown> => {
  const url = endpoint + path;
  const attempt = singleAttempt({ method: 'GET', path });
  const { ok, status, text, body, response } = await createTransport()(url, {}, attempt);
  const location = response.headers.get('Location');
  if (location !== null && !ok)
    throw new Error(`GET ${url} redirects to ${location}, which is not followed: give the endpoint itself`);
  if (!ok) throw new Error(`GET ${url} responded with ${status}: is this the endpoint of a Logto tenant?`);
  return body ?? parse(text, `GET ${url}`);
};

/**
 * Reads a tenant's own OpenAPI document from a file.
 *
 * @throws {Error} when the file cannot be read, or is not JSON in UTF-8. A byte order mark is skipped.
 */
export const savedDocument = async (file: string): Promise<unknown> => {
  const bytes = await readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read: ${code}`);
  });
  // `>` in PowerShell 5 writes UTF-16.
  if (bytes.includes(0)) throw new Error(`${file} is UTF-16 or binary: save it as JSON in UTF-8`);
  return parse(bytes.toString(), file);
};
