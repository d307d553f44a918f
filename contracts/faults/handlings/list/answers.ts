import { type Handling, handling, type Mutation } from '../handling.ts';

const transport = 'call/transport.ts';
const client = 'client.ts';

/** Time and signal count no more once the headers are there. */
const endsWithTheHeaders: readonly Mutation[] = [
  {
    file: 'call/budget.ts',
    from: 'task(controller.signal)',
    to: 'task(Object.assign(controller.signal, { done: settle }))',
  },
  {
    file: transport,
    from: 'const { status, ok, headers: received } = response;',
    to: '(signal as AbortSignal & { done(): void }).done();\n        const { status, ok, headers: received } = response;',
  },
];

/** What is taken for an answer. */
export const answers: Readonly<Record<string, Handling>> = {
  'network-errors-name-the-code': handling(
    "says the system's code in a NetworkError",
    'refusal.ts',
    '{ method, path, code, cause }',
    '{ method, path, cause }',
  ),
  'bodies-are-part-of-the-attempt': handling(
    'takes a body that breaks off for no answer',
    transport,
    'await readBody(response, attempt.budget.policy.maxResponseBytes)',
    "await readBody(response, attempt.budget.policy.maxResponseBytes).catch(() => '')",
  ),
  'limits-include-the-body': {
    what: 'counts the time of the body, and can be aborted in it',
    mutations: endsWithTheHeaders,
  },
  'what-is-not-json-is-no-answer': handling(
    'does not take for an answer what is no JSON object or array',
    client,
    'if (body === undefined) {\n      const what',
    "if (text === '') {\n      const what",
  ),
  'media-types-have-no-case': handling(
    'compares media types without their case and parameters, and knows +json',
    transport,
    String.raw`/^(?:application|text)\/([^\s;]+\+)?json *(;|$)/i.test(contentType ?? '')`,
    `contentType === 'application/json' || contentType === 'application/json; charset=utf-8'`,
  ),
  'parameters-are-no-media-type': handling(
    'takes a parameter of a media type for no media type',
    transport,
    String.raw`/^(?:application|text)\/([^\s;]+\+)?json *(;|$)/i.test(contentType ?? '')`,
    `/json/i.test(contentType ?? '')`,
  ),
  'causes-hold-no-bytes': handling(
    'keeps name, message and code of what fetch threw, and no bytes of a response',
    'refusal.ts',
    'const cause = plain(thrown, secrets);',
    'const cause = thrown as Cause;',
  ),
  'reads-are-not-cached': handling('lets no cache answer', transport, "cache: 'no-store', ", ''),
  'what-is-empty-is-no-answer': handling(
    'does not take an empty body for an answer',
    client,
    'if (body === undefined) {\n      const what',
    "if (body === undefined && text !== '') {\n      const what",
  ),
  'bodies-are-limited-in-size': handling(
    'reads no more than maxResponseBytes',
    transport,
    'if (bytes > maxBytes) {',
    'if (bytes > Number.POSITIVE_INFINITY) {',
  ),
  'lengths-of-compressed-bodies-count-for-nothing': handling(
    'counts a compressed body as it unpacks',
    transport,
    " && response.headers.get('Content-Encoding') === null",
    '',
  ),
  'answers-are-checked': handling(
    'checks answers by the document',
    client,
    'if (mode === false)',
    "if (mode !== 'strict')",
  ),
  'deletions-answer-nothing': handling(
    'takes a 204 for a deletion, whatever follows it',
    'call/write.ts',
    'if (!response.ok || response.status === 204) return',
    "if (!response.ok || !response.response.headers.has('Content-Length')) return",
  ),
  'redirects-are-not-followed': handling(
    'follows no redirect',
    transport,
    "redirect: 'manual',",
    "redirect: 'follow',",
  ),
};

const budget = 'call/budget.ts';
const queue = 'call/queue.ts';

/** What ends when the caller gives up. */
export const aborts: Readonly<Record<string, Handling>> = {
  'aborted-calls-do-not-begin': {
    what: 'begins nothing when the signal is aborted already',
    mutations: [budget, queue].map((file) => ({
      file,
      from: 'if (signal?.aborted) return onAbort();',
      to: '',
    })),
  },
  'aborts-end-requests': handling(
    'ends a request when the caller gives up',
    budget,
    "signal?.addEventListener('abort', onAbort);",
    '',
  ),
  'aborts-end-pauses': handling(
    'ends a pause when the caller gives up',
    budget,
    "    budget,\n    'totalTimeout',",
    "    { ...budget, signal: undefined },\n    'totalTimeout',",
  ),
  'aborts-end-waits-for-tokens': handling(
    'ends a wait for a token when the caller gives up',
    'call/token.ts',
    "await within(tokenRequest, budget, 'totalTimeout', () => mine.granted);",
    'await mine.granted;',
  ),
  'aborted-writes-leave-the-queue': handling(
    'takes a write out of the queue when its caller gives up',
    queue,
    "signal?.addEventListener('abort', onAbort);",
    '',
  ),
};
