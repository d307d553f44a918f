import { inspect } from 'node:util';
import type * as client from '../../src/client/index.ts';
import type * as raw from '../../src/client/raw.ts';
import type { FakeClock, Watch } from './clock.ts';
import type { Result } from './fault.ts';
import { secrets } from './subjects.ts';

/** The kind of a request in a table: `token`, or its method. */
export const kindOf = (method: string, path: string): string => (path === '/oidc/token' ? 'token' : method);

/**
 * Counts the requests to one origin through the global `fetch` when they begin.
 *
 * @param begun - called with each request and the count before it is sent
 */
const countFetches = (origin: string, begun: (count: number) => void) => {
  const original = globalThis.fetch;
  const made: { readonly kind: string; readonly at: number }[] = [];
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin === origin) {
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      const kind = kindOf(method, url.pathname);
      made.push({ kind, at: performance.now() });
      begun(made.length);
    }
    return original(input, init);
  };
  return {
    made,
    putBack: () => {
      globalThis.fetch = original;
    },
  };
};

/** The secrets that an error reveals in any way of logging it, except through `cause`, which is not ours. */
const findSecrets = (error: Error): string[] => {
  const texts = {
    message: error.message,
    'its text': String(error),
    stack: error.stack ?? '',
    JSON: JSON.stringify(error),
    inspect: inspect(error, { depth: 20 }),
  };
  return Object.entries(texts).flatMap(([where, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => `the ${where} of ${error.name} tells the ${name}`),
  );
};

/** Both entry points of one copy. */
export type ClientModule = typeof client & typeof raw;

type Client = client.JwtCustomizerClient;

/** Longer than any pause of the client: anything after it is activity after the end. */
const longAfter = 600_000;

/** More than any call here sends: a call that exceeds it would never end. */
const tooMany = 60;

export interface Stage {
  readonly module: ClientModule;
  readonly clock: FakeClock;
  readonly watch: Watch;
  /** The server's URL: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** Options of the client, besides the endpoint. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Called when a request is about to be sent. */
  onFetch?(): void;
  /** Called when the client reports a retry after a pause; the callback advances the clock. */
  onRetry(delay: number): void;
}

export interface Observed {
  readonly result: Result;
  readonly made: readonly { readonly kind: string; readonly at: number }[];
  /** Milliseconds of the fake clock. */
  readonly took: number;
  readonly wrongs: string[];
}

const errorWrongs = (module: ClientModule, result: Result): string[] => {
  if (!('fails' in result)) return [];
  const { error } = result;
  return error instanceof module.LogtoJwtCustomizerError
    ? findSecrets(error)
    : [`not an error of the client: ${error.stack}`];
};

/** Makes one call and observes how it ends and what happens afterwards. */
export const observe = async (
  stage: Stage,
  call: (client: Client) => Promise<unknown>,
): Promise<Observed> => {
  const { module, clock, watch, endpoint, options } = stage;
  const wrongs: string[] = [];
  const { random } = Math;
  // Full jitter is half of its range.
  Math.random = () => 0.5;
  const fetches = countFetches(endpoint, (count) => {
    if (count < tooMany) watch.moved();
    else watch.giveUp();
    stage.onFetch?.();
  });
  const onUnhandled = (reason: unknown): void =>
    void wrongs.push(`a rejection that nobody handles: ${reason}`);
  process.on('unhandledRejection', onUnhandled);
  try {
    const client = module.createJwtCustomizerClient({
      ...options,
      endpoint,
      onEvent: (event: { type: string; delay?: number }) => {
        watch.moved();
        if (event.type === 'retry' || event.type === 'recheck') stage.onRetry(event.delay ?? 0);
      },
    } as unknown as Parameters<typeof module.createJwtCustomizerClient>[0]);
    watch.moved();
    const start = clock.now();
    let end = start;
    const called = (async (): Promise<Result> => {
      try {
        return { value: await call(client) };
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(`not even an error: ${thrown}`);
        return { fails: error.name, error };
      } finally {
        end = clock.now();
      }
    })();
    const result = await Promise.race([called, watch.hangs]);
    const made = [...fetches.made];
    await clock.stop();
    await clock.leap(longAfter);
    const late = fetches.made.slice(made.length).map(({ kind }) => kind);
    if (late.length > 0) wrongs.push(`requests after the end: ${late.join(' ')}`);
    wrongs.push(...errorWrongs(module, result));
    return { result, made, took: end - start, wrongs };
  } finally {
    watch.stop();
    fetches.putBack();
    Math.random = random;
    process.off('unhandledRejection', onUnhandled);
  }
};
