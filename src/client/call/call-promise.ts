import type { Answer } from './exchange.ts';

/** What a call answers, and what it was made from. */
export interface WithResponse<T> {
  readonly data: T;
  /** As fetch answered it. Its body has been read: it is `text`. */
  readonly response: Response;
  readonly text: string;
  /** `Logto-Core-Request-Id`: names the exchange in the tenant's logs. */
  readonly requestId: string | undefined;
}

/** A promise of the data that can be asked for the response, too. */
export interface CallPromise<T> extends Promise<T> {
  /** The data with the response it came in. After a write whose outcome had to be read, that of the read. */
  withResponse(): Promise<WithResponse<T>>;
}

export const callPromise = <T>(call: Promise<{ data: T; answer: Answer }>): CallPromise<T> => {
  const data = call.then((result) => result.data);
  return Object.assign(data, {
    withResponse: async () => {
      // Who asks for both does not wait for the data alone: its failure is told once.
      data.catch(() => {});
      const result = await call;
      const { response, text, requestId } = result.answer;
      return { data: result.data, response, text, requestId };
    },
  });
};
