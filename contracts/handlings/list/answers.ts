import { type Handling, handling, type Mutation } from '../handling.ts';

const exchange = 'call/exchange.ts';
const read = 'call/read.ts';

/** Time and signal count no more once the headers are there. */
const endsWithTheHeaders: readonly Mutation[] = [
  {
    file: 'call/budget.ts',
    from: 'task(controller.signal)',
    to: 'task(Object.assign(controller.signal, { done: settle(() => {}) }))',
  },
  {
    file: exchange,
    from: 'const { status, ok, headers } = response;',
    to: '(signal as AbortSignal & { done(_: undefined): void }).done(undefined);\n      const { status, ok, headers } = response;',
  },
];

/** What is taken for an answer. */
export const answers: Readonly<Record<string, Handling>> = {
  'network-errors-name-the-code': handling(
    "says the system's code in a NetworkError",
    'errors/network.ts',
    '{ method, path, code, cause }',
    '{ method, path, cause }',
  ),
  'bodies-are-part-of-the-attempt': handling(
    'takes a body that breaks off for no answer',
    exchange,
    'await readBody(response, budget.policy.maxResponseBytes)',
    "await readBody(response, budget.policy.maxResponseBytes).catch(() => '')",
  ),
  'limits-include-the-body': {
    what: 'counts the time of the body, and can be aborted in it',
    mutations: endsWithTheHeaders,
  },
  'what-is-not-json-is-no-answer': handling(
    'does not take for an answer what is no JSON object or array',
    read,
    'if (answer.body === undefined) {',
    "if (answer.text === '') {",
  ),
  'what-is-empty-is-no-answer': handling(
    'does not take an empty body for an answer',
    read,
    'if (answer.body === undefined) {',
    "if (answer.body === undefined && answer.text !== '') {",
  ),
  'bodies-are-limited-in-size': handling(
    'reads no more than maxResponseBytes',
    'call/read-body.ts',
    'if (bytes > maxBytes) {',
    'if (bytes > Number.POSITIVE_INFINITY) {',
  ),
  'lengths-of-compressed-bodies-count-for-nothing': handling(
    'counts a compressed body as it unpacks',
    'call/read-body.ts',
    " && response.headers.get('Content-Encoding') === null",
    '',
  ),
  'answers-are-checked': handling(
    'checks answers by the document',
    read,
    "if (responses === 'unchecked')",
    "if (responses !== 'strict')",
  ),
  'deletions-answer-nothing': handling(
    'takes a 204 for a deletion, whatever follows it',
    'judge/write.ts',
    'if (answer.ok && answer.status !== 204) {',
    "if (answer.ok && answer.response.headers.has('Content-Length')) {",
  ),
  'redirects-are-not-followed': handling(
    'follows no redirect',
    exchange,
    "redirect: 'manual',",
    "redirect: 'follow',",
  ),
};
