import type { Hook } from './serve.ts';

/** A hook whose promise resolves when a customizer was written so often. */
export const afterWrites = (writes: number): { hook: Hook; reached: Promise<void> } => {
  let seen = 0;
  let resolve: () => void = () => {};
  const reached = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    reached,
    hook: async ({ method }, next) => {
      const response = await next();
      if (['PUT', 'PATCH'].includes(method)) {
        seen += 1;
        if (seen === writes) resolve();
      }
      return response;
    },
  };
};
