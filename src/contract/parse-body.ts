import { isJson } from '../client/call/transport.ts';

/** A body as the judge takes it: parsed when the content type is JSON and it parses, else the text. */
export const parseBody = (text: string, contentType: string | null | undefined): unknown => {
  if (!isJson(contentType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
