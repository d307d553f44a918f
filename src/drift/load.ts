import { readFile } from 'node:fs/promises';
import { normalizeEndpoint } from '../client/endpoint.ts';
import type { Json } from '../contract/json.ts';
import { UnreadableDocumentError } from './references.ts';
import type { Source } from './report.ts';

/** A whole tenant's document has some megabytes. */
const maxBytes = 64 * 1024 * 1024;

const timeoutMs = 30_000;

/** The path itself is wrong, whatever is in the file. */
export class UnusableFileError extends Error {
  override readonly name = 'UnusableFileError';
}

const parse = (text: string, name: string): Json => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    throw new UnreadableDocumentError(`${name} is not JSON`);
  }
};

const isYaml = (path: string, text: string): boolean =>
  /\.ya?ml$/i.test(path) || /^(?:---|openapi:|swagger:)/m.test(text.slice(0, 1000));

/**
 * Reads a saved document.
 *
 * @throws {UnusableFileError} when it cannot be read, or is YAML.
 * @throws {UnreadableDocumentError} when it is not JSON.
 */
export const loadFile = async (path: string): Promise<Source> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UnusableFileError(`${path} cannot be read: ${error.code ?? error.message}`);
  });
  if (!/^\uFEFF?\s*[{[]/.test(text) && isYaml(path, text))
    throw new UnusableFileError(
      `${path} is YAML; make JSON of it first: npx @redocly/cli bundle ${path} --output bundled.json`,
    );
  return { name: path, document: parse(text, path) };
};

/**
 * Our document, as it comes with the package.
 *
 * @param asOf The release of Logto that is expected of a tenant; the newest unless given.
 */
export const loadOurs = async (asOf?: string): Promise<Source> => {
  const text = await readFile(new URL('../../generated/openapi.json', import.meta.url), 'utf8');
  const document = JSON.parse(text) as Json;
  return asOf === undefined
    ? { name: 'our document', document }
    : { name: `our document as of Logto ${asOf}`, document, asOf };
};

const readBody = async (response: Response, url: string): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new UnreadableDocumentError(`${url} answers more than 64 MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const causeOf = (error: unknown): string => {
  const { name, message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  return cause?.code ?? cause?.message ?? message;
};

/**
 * Fetches what a tenant says of itself. That is public: nothing secret is sent. Redirects are not followed.
 *
 * @param endpoint Of the tenant, for example `https://my-tenant.logto.app`.
 * @throws {InvalidOptionError} when it is no http(s) URL.
 * @throws {UnreadableDocumentError} when nothing comes, or something else.
 */
export const loadEndpoint = async (endpoint: string): Promise<Source> => {
  const url = `${normalizeEndpoint(endpoint)}/api/swagger.json`;
  const failed = (error: unknown): never => {
    if (error instanceof UnreadableDocumentError) throw error;
    throw new UnreadableDocumentError(
      `${url} cannot be reached: ${causeOf(error)}. Check that the endpoint is right.`,
    );
  };
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(failed);
  const { status, headers } = response;
  if (status >= 300 && status < 400)
    throw new UnreadableDocumentError(
      `${url} redirects to ${headers.get('location') ?? 'nowhere'}, which is not followed. Give the endpoint itself.`,
    );
  if (status !== 200)
    throw new UnreadableDocumentError(
      `${url} answers ${status}: is this the endpoint of a Logto tenant, without /api and without its console?`,
    );
  const text = await readBody(response, url).catch(failed);
  const type = headers.get('content-type') ?? 'nothing';
  if (/^\s*</.test(text))
    throw new UnreadableDocumentError(
      `${url} answers a page (${type}), no document: is this the endpoint of a Logto tenant, without its console?`,
    );
  return { name: url, document: parse(text, url) };
};
