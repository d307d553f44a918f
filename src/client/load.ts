/**
 * What not every program needs, loaded when it is first used: the validators, several times the size of the client, with
 * what works on what they say; the words for what a tenant refuses; and what is told to `onEvent`.
 */
export const loadJudge = () => import('./judge/index.ts');
export const loadRefusals = () => import('./refusal/index.ts');
export const loadTell = () => import('./tell.ts');
