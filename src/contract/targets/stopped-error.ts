/** Begins the reason of every case that is no longer tried. */
export const stopped = 'stopped:';

/** Nothing more may be written to the tenant. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor(why: string) {
    super(`${stopped} ${why}`);
  }
}
