import type { TokenType } from '../../generated/types.d.ts';
import { startBudget, type Target } from './call/budget.ts';
import { type CallPromise, callPromise } from './call/call-promise.ts';
import { isSurelyNotApplied } from './call/faults.ts';
import { createQueue } from './call/queue.ts';
import { type CallContext, type Judged, judge, read } from './call/read.ts';
import { retry } from './call/retry.ts';
import { type ApiRequest, createSend } from './call/send.ts';
import { connect } from './connect.ts';
import type { RequestBody, Write } from './judge/index.ts';
import { loadJudge } from './load.ts';
import {
  type CallOptions,
  checkCallOptions,
  type JwtCustomizerClientOptions,
  type WriteOptions,
} from './options.ts';
import { isTokenType } from './token-type.ts';
import type { JwtCustomizerClient } from './types.ts';
import { variablesIn } from './variables.ts';
import { written } from './written.ts';

const all = '/api/configs/jwt-customizer';

const refuseTokenType = async (operation: string, value: unknown): Promise<never> => {
  throw (await loadJudge()).unknownTokenType(operation, value);
};

/** The methods that write, and how. */
const methods = { put: 'PUT', update: 'PATCH', restore: 'PUT' } as const;

/**
 * A client for the customizers of one tenant.
 *
 * @throws InvalidOptionError, which names the option, when the options are not those of either kind
 */
export const createJwtCustomizerClient = (options: JwtCustomizerClientOptions): JwtCustomizerClient => {
  const { connection, tokens, policy } = connect(options);
  const { emit } = connection;
  const send = createSend(connection, tokens);
  const queues = { 'access-token': createQueue(), 'client-credentials': createQueue() };

  const contextOf = (call: CallOptions): CallContext => ({
    send,
    budget: startBudget(checkCallOptions(policy, call), call.signal),
    responses: call.responses ?? options.responses ?? 'tolerant',
    emit,
  });

  const tellDropped = ({ method, path }: Target, { dropped }: RequestBody): void => {
    if (dropped.length > 0) emit?.({ type: 'dropped-fields', method, path, pointers: dropped });
  };

  /** One write to a customizer after another, in the order of the calls: a tenant loses one of two at the same time. */
  const enqueue = async (
    operation: Write['operation'],
    tokenType: TokenType,
    target: Target,
    prepare: () => Promise<RequestBody | undefined>,
    call: WriteOptions<TokenType>,
  ): Promise<Judged> => {
    checkCallOptions(policy, call);
    const prepared = prepare();
    const done = queues[tokenType](target, call.signal, async () => {
      const body = await prepared;
      if (body !== undefined) tellDropped(target, body);
      const context = contextOf(call);
      const ifUnchanged = call.ifUnchanged as Write['ifUnchanged'];
      return (await loadJudge()).write(
        { operation, target, body, ifUnchanged },
        {
          send: (request, isAnswer) => send(request, context.budget, isAnswer),
          judge: (answer) => judge(target, tokenType, answer, context),
          read: () => read(target.path, tokenType, context, true),
        },
        context.budget,
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
    operation: keyof typeof methods,
    tokenType: TokenType,
    customizer: unknown,
    call: WriteOptions<TokenType>,
  ): Promise<Judged> => {
    const given = written(customizer);
    if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
    const isChecked = operation !== 'restore' && call.checkRequest !== false;
    const prepare = async (): Promise<RequestBody> => {
      const { bodyOf, customizerIssues } = await loadJudge();
      return bodyOf(operation, given, isChecked ? customizerIssues(tokenType) : () => []);
    };
    return enqueue(
      operation,
      tokenType,
      { method: methods[operation], path: `${all}/${tokenType}` },
      prepare,
      call,
    );
  };

  const remove = async (
    operation: 'delete' | 'restore',
    tokenType: TokenType,
    call: WriteOptions<TokenType>,
  ): Promise<Judged> => {
    if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
    const target: Target = { method: 'DELETE', path: `${all}/${tokenType}` };
    return enqueue(operation, tokenType, target, async () => undefined, call);
  };

  const get = async (tokenType: TokenType, call: CallOptions): Promise<Judged> => {
    if (!isTokenType(tokenType)) return refuseTokenType('get', tokenType);
    return read(`${all}/${tokenType}`, tokenType, contextOf(call));
  };

  const test = async (given: unknown, call: CallOptions): Promise<Judged> => {
    const target: Target = { method: 'POST', path: `${all}/test` };
    const text = written(given);
    const context = contextOf(call);
    const { bodyOf, testRequestIssues } = await loadJudge();
    const body = bodyOf('test', text, testRequestIssues);
    tellDropped(target, body);
    const request: ApiRequest = { ...target, body: body.text, secrets: variablesIn(body.value) };
    // A script may have done something elsewhere: it is not run twice.
    return retry(target, context.budget, emit, isSurelyNotApplied, async () =>
      judge(request, 'claims', await send(request, context.budget), context),
    );
  };

  const list = async (call: CallOptions): Promise<Judged> => read(all, 'list', contextOf(call));

  /** What the answer says, once it was judged. */
  const withData = <T>(call: Promise<Judged>): CallPromise<T> =>
    callPromise(call as Promise<Judged & { data: T }>);

  const withoutData = (call: Promise<Judged>): CallPromise<void> =>
    callPromise(call.then(({ answer }) => ({ data: undefined, answer })));

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
