import type { Answer } from './message.ts';

/** A request that a mock has answered. */
export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** By name in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As text; `''` when there was none, or it was too large. */
  body: string;
  status: number;
}

/** How many are kept, and how many characters of their bodies: beyond, the oldest are forgotten. */
const most = 1_000;
const mostText = 16 * 2 ** 20;

/** Keeps what was asked, beside answering it. */
export const keepRequests = (
  answer: Answer,
): { answer: Answer; kept: readonly RecordedRequest[]; forget: () => void } => {
  const kept: RecordedRequest[] = [];
  let text = 0;
  return {
    kept,
    forget: () => {
      kept.length = 0;
      text = 0;
    },
    answer: async (request) => {
      let bytes: Uint8Array | undefined;
      const readBody = async (): Promise<Uint8Array | undefined> => {
        bytes = await request.readBody();
        return bytes;
      };
      const response = await answer({ ...request, readBody });
      const { method, path, headers } = request;
      const body = new TextDecoder().decode(bytes);
      kept.push({ method, path, headers, body, status: response.status });
      text += body.length;
      while (kept.length > most || text > mostText) text -= kept.shift()?.body.length ?? 0;
      return response;
    },
  };
};
