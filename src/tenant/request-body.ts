import { json, plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';

/** In bytes: recorded, exactly 1 MiB is accepted and one byte more is not. */
export const maxBodySize = 1_048_576;

/** Whether a body is larger than a tenant reads. */
export const isTooLarge = (body: string | Uint8Array): boolean =>
  (typeof body === 'string' ? new TextEncoder().encode(body) : body).length > maxBodySize;

/** What a tenant takes a body for, or its words for why it takes it for nothing. */
export type ParsedBody = { value: unknown } | { message: string };

const parseJson = (text: string): ParsedBody => {
  if (text === '') return { value: {} };
  if (!/^[ \t\r\n]*[[{]/.test(text)) return { message: 'invalid JSON, only supports object and array' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { message: (error as Error).message };
  }
};

/**
 * Reads a body as JSON (recordings "refused: invalid JSON", "… body is a JSON string", "… no body": that is `{}`).
 * What is not sent as JSON is no object to a tenant: a text, or nothing at all. No recording has that one; it is how
 * koa-body, which Logto uses, reads it.
 */
export const parseBody = (text: string, contentType: string | undefined): ParsedBody => {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^application\/(.+\+)?json$/.test(type)) return parseJson(text);
  return { value: type.startsWith('text/') && text !== '' ? text : {} };
};

/** A body, or the refusal of one that cannot be read. */
export type ReceivedBody = { value: unknown } | { refusal: TenantResponse };

/** The two rules of a body that comes before any guard: too large reads like a wrong path. */
export const receiveBody = (
  { headers, body }: TenantRequest,
  rules: { isTooLarge: typeof isTooLarge; parseBody: typeof parseBody },
): ReceivedBody => {
  if (rules.isTooLarge(body)) return { refusal: plainText(404, 'Not Found') };
  const parsed = rules.parseBody(textOf(body), headers['content-type']);
  return 'message' in parsed ? { refusal: json(400, parsed) } : parsed;
};
