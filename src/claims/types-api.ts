import type { CustomizerApi } from './types.ts';

/** The members of a script's `api`, each with the first recorded release that has it: the same on 1.28, 1.42 and 1.43. */
export const apiSince: Readonly<Record<keyof CustomizerApi, string>> = { denyAccess: '1.28' };
