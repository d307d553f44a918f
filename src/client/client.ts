/*
 * A call runs through these layers, outermost first: the method, its validation (`validate/`), the queue of writes
 * (`call/queue.ts`), a write with its read-back (`call/write.ts`), retries (`call/retry.ts`), the token
 * (`call/token.ts`), openapi-fetch (`call/engine.ts`), the transport (`call/transport.ts`).
 */
import type { TokenType } from '../../generated/types.d.ts';
import { type Budget, startBudget, type Target } from './call/budget.ts';
import { type ApiRequest, createRequests, isMissing, isTokenType } from './call/engine.ts';
import { createQueue } from './call/queue.ts';
import { isPassing, isSurelyNotApplied, retry } from './call/retry.ts';
import { createSend } from './call/token.ts';
import type { ReadResponse } from './call/transport.ts';
import type { Validated, Write } from './call/write.ts';
import { connect } from './connect.ts';
import { UnexpectedAnswerError } from './errors/unexpected-answer.ts';
import { written } from './json.ts';
import { loadValidate } from './load.ts';
import {
  type CallOptions,
  type JwtCustomizerClientOptions,
  type Policy,
  policyOf,
  type WriteOptions,
} from './options.ts';
import type { CallPromise, JwtCustomizerClient } from './types.ts';
import type { ResponseKind, ValidBody } from './validate/validate.ts';

const refuseTokenType = async (operation: string, value: unknown): Promise<never> => {
  throw (await loadValidate()).unknownTokenType(operation, value);
};

const callPromise = <T>(call: Promise<{ data: T; response: ReadResponse }>): CallPromise<T> => {
  const data = call.then((result) => result.data);
  return Object.assign(data, {
    withResponse: async () => {
      // Who asks for both does not wait for the data alone: its failure is reported once.
      data.catch(() => {});
      const result = await call;
      const { response, text, requestId } = result.response;
      return { data: result.data, response, text, requestId };
    },
  });
};

/**
 * A client for the customizers of one tenant.
 *
 * @throws InvalidOptionError, which names the option, when the options are not those of either kind
 */
export const createJwtCustomizerClient = (options: JwtCustomizerClientOptions): JwtCustomizerClient => {
  const { engine, tokens, policy, emit } = connect(options);
  const requests = createRequests(engine);
  const send = createSend(tokens);
  const queues = { 'access-token': createQueue(), 'client-credentials': createQueue() };

  const policyOfCall = (call: CallOptions): Policy => policyOf(policy, call);

  /**
   * A response with its body validated.
   *
   * @throws UnexpectedAnswerError, InvalidResponseError
   */
  const validate = async (
    target: Target,
    kind: ResponseKind,
    response: ReadResponse,
    { policy }: Budget,
  ): Promise<Validated> => {
    const { body, text } = response;
    if (body === undefined) {
      const what = text === '' ? 'an empty body' : 'a body that is not a JSON object or array';
      throw UnexpectedAnswerError.of(target, response, what);
    }
    const mode = policy['validate.response'];
    if (mode === false) return { response, data: body, newer: [] };
    const newer = (await loadValidate()).validateResponse(target, kind, response, mode === 'strict');
    const { method, path } = target;
    if (newer.length > 0) emit?.({ type: 'newer-fields', method, path, pointers: newer });
    return { response, data: body, newer };
  };

  const read = (request: ApiRequest, kind: ResponseKind, budget: Budget): Promise<Validated> =>
    retry(request, budget, emit, isPassing, async () => {
      const response = await send(request, budget, undefined, kind === 'list' ? undefined : isMissing);
      return response.ok ? validate(request, kind, response, budget) : { response, data: null, newer: [] };
    });

  const reportDropped = ({ method, path }: Target, { dropped }: ValidBody): void => {
    if (dropped.length > 0) emit?.({ type: 'dropped-fields', method, path, pointers: dropped });
  };

  /** One write to a customizer after another, in the order of the calls: a tenant loses one of two at the same time. */
  const enqueue = async (
    operation: Write['operation'],
    tokenType: TokenType,
    request: ApiRequest,
    prepare: (policy: Policy) => Promise<ValidBody | undefined>,
    call: WriteOptions<TokenType>,
  ): Promise<Validated> => {
    const policy = policyOfCall(call);
    const prepared = prepare(policy);
    const ifUnchanged =
      'ifUnchanged' in call ? ((call.ifUnchanged ?? null) as Write['ifUnchanged']) : undefined;
    const done = queues[tokenType](request, call.signal, async () => {
      const body = await prepared;
      if (body !== undefined) reportDropped(request, body);
      const budget = startBudget(policy, call.signal);
      return (await loadValidate()).write(
        { operation, target: request, body, ifUnchanged },
        {
          send: (isExpected) => send(request, budget, body, isExpected),
          validate: (response) => validate(request, tokenType, response, budget),
          read: () => read(requests.get(tokenType), tokenType, budget),
        },
        budget,
        emit,
      );
    });
    return new Promise((resolve, reject) => {
      // What is wrong with a body is said at once, not when its turn comes.
      prepared.catch(reject);
      done.then(resolve, reject);
    });
  };

  const store = async (
    operation: 'put' | 'update' | 'restore',
    tokenType: TokenType,
    customizer: unknown,
    call: WriteOptions<TokenType>,
  ): Promise<Validated> => {
    const given = written(customizer);
    if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
    const prepare = async (policy: Policy): Promise<ValidBody> => {
      const { validateRequest, customizerIssues } = await loadValidate();
      const isValidated = operation !== 'restore' && policy['validate.request'];
      return validateRequest(operation, given, isValidated ? customizerIssues(tokenType) : () => []);
    };
    const request = requests.store(operation === 'update' ? 'patch' : 'put', tokenType);
    return enqueue(operation, tokenType, request, prepare, call);
  };

  const remove = async (
    operation: 'delete' | 'restore',
    tokenType: TokenType,
    call: WriteOptions<TokenType>,
  ): Promise<Validated> => {
    if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
    return enqueue(operation, tokenType, requests.delete(tokenType), async () => undefined, call);
  };

  const get = async (tokenType: TokenType, call: CallOptions): Promise<Validated> => {
    if (!isTokenType(tokenType)) return refuseTokenType('get', tokenType);
    const budget = startBudget(policyOfCall(call), call.signal);
    const { data, ...rest } = await read(requests.get(tokenType), tokenType, budget);
    return { data: data ?? undefined, ...rest };
  };

  const test = async (given: unknown, call: CallOptions): Promise<Validated> => {
    const text = written(given);
    const budget = startBudget(policyOfCall(call), call.signal);
    const { validateRequest, testRequestIssues } = await loadValidate();
    const isValidated = budget.policy['validate.request'];
    const body = validateRequest('test', text, isValidated ? testRequestIssues : () => []);
    const request = requests.test();
    reportDropped(request, body);
    // A script may have done something elsewhere: it is not run twice.
    return retry(request, budget, emit, isSurelyNotApplied, async () =>
      validate(request, 'claims', await send(request, budget, body), budget),
    );
  };

  const list = async (call: CallOptions): Promise<Validated> =>
    read(requests.list(), 'list', startBudget(policyOfCall(call), call.signal));

  /** What the response holds, once it was validated. */
  const withData = <T>(call: Promise<Validated>): CallPromise<T> =>
    callPromise(call as Promise<Validated & { data: T }>);

  const withoutData = (call: Promise<Validated>): CallPromise<void> =>
    callPromise(call.then(({ response }) => ({ data: undefined, response })));

  return {
    list: (call = {}) => withData(list(call)),
    get: (tokenType, call = {}) => withData(get(tokenType, call)),
    put: (tokenType, customizer, call = {}) => withData(store('put', tokenType, customizer, call)),
    update: (tokenType, customizer, call = {}) => withData(store('update', tokenType, customizer, call)),
    delete: (tokenType, call = {}) => withoutData(remove('delete', tokenType, call)),
    test: (request, call = {}) => withData(test(request, call)),
    restore: (tokenType, customizer, call = {}) =>
      withoutData(
        customizer === undefined
          ? remove('restore', tokenType, call)
          : store('restore', tokenType, customizer, call),
      ),
  };
};
