/** Requests that mean harm, or are made by broken programs. */
import { bodyCorpus } from './bodies.ts';
import { httpCorpus } from './http.ts';
import type { HostileRequest } from './requests.ts';
import { scriptCorpus } from './scripts.ts';

export type { HostileRequest };

/** @param tokens - for what is to come past the authorization: of the newest release, of 1.28 */
export const corpus = ([token = '', oldToken = '']: readonly string[]): HostileRequest[] => [
  ...httpCorpus(token),
  ...bodyCorpus(token),
  ...scriptCorpus(token, oldToken),
];
