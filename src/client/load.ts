/** `import()` of what is loaded already takes some 10 µs, which is long for what a call needs several times. */
const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
};

/*
 * What not every program needs, loaded when it is first used: the validators, several times the size of the client, with
 * what works on what they say; the words for what a tenant refuses; and what is told to `onEvent`.
 */
export const loadJudge = once(() => import('./judge/index.ts'));
export const loadRefusals = once(() => import('./refusal/index.ts'));
export const loadTell = once(() => import('./tell.ts'));
