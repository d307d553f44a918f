/** `import()` of a loaded module takes some 10 µs, too long for something that a call needs several times. */
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
 * What not every program needs, loaded on first use: the validators, several times the size of the client, and what
 * depends on them; the messages for refusals; and the events of requests and
 * their bodies.
 */
export const loadValidate = once(() => import('./validate/validate.ts'));
export const loadRefusal = once(() => import('./refusal.ts'));
export const loadEmit = once(() => import('./emit.ts'));
