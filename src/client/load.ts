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
 * what rests on them; the words for what a tenant refuses; and the events of requests and their bodies.
 */
export const loadValidate = once(() => import('./validate/validate.ts'));
export const loadRefusal = once(() => import('./refusal.ts'));
export const loadEmit = once(() => import('./emit.ts'));
