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
 * What a tenant tells of itself.
 *
 * @throws {Error} when it does not respond with it.
 */
export const tenantDocument = async ({ endpoint }: Pick<Sender, 'endpoint'>): Promise<unknown> => {
  const url = endpoint + path;
  const attempt = singleAttempt({ method: 'GET', path });
  const { ok, status, text, body, response } = await createTransport()(url, {}, attempt);
  const location = response.headers.get('Location');
  if (location !== null && !ok)
    throw new Error(`GET ${url} redirects to ${location}, which is not followed: give the endpoint itself`);
  if (!ok) throw new Error(`GET ${url} responded ${status}: is this the endpoint of a Logto tenant?`);
  return body ?? parse(text, `GET ${url}`);
};

/**
 * What a tenant told of itself, from a file.
 *
 * @throws {Error} when the file cannot be read, or is not JSON in UTF-8. A byte order mark is skipped.
 */
export const savedDocument = async (file: string): Promise<unknown> => {
  const bytes = await readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read: ${code}`);
  });
  // As `>` of PowerShell 5 writes it.
  if (bytes.includes(0)) throw new Error(`${file} is UTF-16 or binary: save it as JSON in UTF-8`);
  return parse(bytes.toString(), file);
};
