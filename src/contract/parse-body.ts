import { isJson } from '../client/call/transport.ts';
import { parseJson } from '../client/json.ts';

/** Levels, with those of a customizer around what a tenant's guard reads: comparing and copying calls itself for each. */
const maxDepth = 1_100;

/** A body as the judge takes it: parsed when the content type is JSON and it parses, else the text. */
export const parseBody = (text: string, contentType: string | null | undefined): unknown => {
  if (!isJson(contentType)) return text;
  try {
    return parseJson(text, maxDepth);
  } catch {
    return text;
  }
};
