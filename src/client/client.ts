/*
 * A call passes through these layers, outermost first: the method, its validation (`validate/`), the queue of writes
 * (`call/queue.ts`), a write with its read-back (`call/write.ts`), retries (`call/retry.ts`), the token
 * (`call/token.ts`), openapi-fetch (`call/engine.ts`), the transport (`call/transport.ts`).
 */
import type { TokenType } from '../../generated/types.d.ts';
import type { ApiRequest, ResponseKind, ValidBody } from './call/attempt.ts';
import { type Budget, startBudget, type Target } from './call/budget.ts';
import { isMissing, isTokenType } from './call/engine.ts';
import { createQueue } from './call/queue.ts';
import { isPassing, isSurelyNotApplied, retry } from './call/retry.ts';
import { createSend } from './call/token.ts';
import type { Layers, Validated, Write } from './call/write.ts';
import { connect } from './connect.ts';
import { type Written, written } from './json.ts';
import { loadEmit, loadRefusal, loadValidate } from './load.ts';
import type { CallOptions, JwtCustomizerClientOptions, WriteOptions } from './options.ts';
import { policyOf } from './policy.ts';
import type { CallPromise, JwtCustomizerClient } from './types.ts';

const refuseTokenType = async (operation: string, value: unknown): Promise<never> => {
  throw (await loadValidate()).unknownTokenType(operation, value);
};

const callPromise = <T>(call: Promise<Validated>): CallPromise<T> => {
  const data = call.then((result) => result.data as T);
  return Object.assign(data, {
    withResponse: async () => {
      // The caller waits for both, so the failure of `data` alone must not be reported as unhandled.
      data.catch(() => {});
      const result = await call;
      const { response, text, requestId } = result.response;
      return { data: result.data as T, response, text, requestId };
    },
  });
};

const withoutData = (call: Promise<Validated>): CallPromise<void> =>
  callPromise(call.then((result) => ({ ...result, data: undefined })));

/**
 * A client for the customizers of one tenant.
 *
 * @throws InvalidOptionError, which names the option, if the options match neither kind
 */
export const createJwtCustomizerClient = (options: JwtCustomizerClientOptions): JwtCustomizerClient => {
  const { requests, tokens, policy, emit } = connect(options);
  const send = createSend(tokens);
  const queues = { 'access-token': createQueue(), 'client-credentials': createQueue() };

  const policyOfCall = (call: CallOptions) => policyOf(policy, call);

  const validate: Layers['validate'] = async (target, kind, response, { policy }) => {
    const { body, text } = response;
    if (body === undefined) {
      const what = text === '' ? 'an empty body' : 'a body that is not a JSON object or array';
      throw (await loadRefusal()).unexpected(target, response, what);
    }
    const mode = policy['validate.response'];
    if (mode === false) return { response, data: body, newer: [] };
    const { validateResponse, shown } = await loadValidate();
    const newer = validateResponse(target, kind, response, mode === 'strict');
    const { method, path } = target;
    if (newer.length > 0) {
      const pointers = newer.map((pointer) => shown(pointer, response.secrets));
      emit?.({ type: 'newer-fields', method, path, pointers });
    }
    return { response, data: body, newer };
  };

  /** `data` is `null` if there is no customizer. */
  const read = (request: ApiRequest, kind: ResponseKind, budget: Budget): Promise<Validated> =>
    retry(request, budget, emit, isPassing, async () => {
      const response = await send(request, budget, undefined, kind === 'list' ? undefined : isMissing);
      return response.ok ? validate(request, kind, response, budget) : { response, data: null, newer: [] };
    });

  const layers: Layers = {
    send,
    validate,
    read: (tokenType, budget) => read(requests.get(tokenType), tokenType, budget),
  };

  const report = async (target: Target, body: ValidBody): Promise<void> =>
    emit && (await loadEmit()).reportBody(emit, target, body);

  /** Sends the writes to a customizer one at a time, in the order of the calls: a tenant can lose one of two at once. */
  const write = async (
    operation: Write['operation'],
    tokenType: TokenType,
    given: Written | undefined,
    call: WriteOptions<TokenType>,
  ): Promise<Validated> => {
    if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
    const callPolicy = policyOfCall(call);
    const expected = 'ifUnchanged' in call ? written(call.ifUnchanged ?? null) : undefined;
    const request =
      given === undefined
        ? requests.delete(tokenType)
        : requests.store(operation === 'update' ? 'patch' : 'put', tokenType);
    const { customizerIssues, executeWrite, readIfUnchanged, validateRequest } = await loadValidate();
    const isValidated = operation !== 'restore' && callPolicy['validate.request'];
    const body =
      given && validateRequest(operation, given, isValidated ? customizerIssues[tokenType] : undefined);
    const ifUnchanged = expected && readIfUnchanged(operation, expected);
    return await queues[tokenType](request, call.signal, async () => {
      if (body && operation !== 'restore') await report(request, body);
      const budget = startBudget(callPolicy, call.signal);
      return executeWrite({ operation, tokenType, request, body, ifUnchanged }, layers, budget, emit);
    });
  };

  const get = async (tokenType: TokenType, call: CallOptions): Promise<Validated> => {
    if (!isTokenType(tokenType)) return refuseTokenType('get', tokenType);
    const budget = startBudget(policyOfCall(call), call.signal);
    const result = await layers.read(tokenType, budget);
    return { ...result, data: result.data ?? undefined };
  };

  const test = async (given: Written, call: CallOptions): Promise<Validated> => {
    const budget = startBudget(policyOfCall(call), call.signal);
    const { validateRequest, testRequestIssues } = await loadValidate();
    const isValidated = budget.policy['validate.request'];
    const body = validateRequest('test', given, isValidated ? testRequestIssues : undefined);
    const request = requests.test();
    await report(request, body);
    // A script may have side effects, so it does not run twice.
    return retry(request, budget, emit, isSurelyNotApplied, async () =>
      validate(request, 'claims', await send(request, budget, body), budget),
    );
  };

  const list = async (call: CallOptions): Promise<Validated> =>
    read(requests.list(), 'list', startBudget(policyOfCall(call), call.signal));

  return {
    list: (call = {}) => callPromise(list(call)),
    get: (tokenType, call = {}) => callPromise(get(tokenType, call)),
    put: (tokenType, customizer, call = {}) =>
      callPromise(write('put', tokenType, written(customizer), call)),
    update: (tokenType, customizer, call = {}) =>
      callPromise(write('update', tokenType, written(customizer), call)),
    delete: (tokenType, call = {}) => withoutData(write('delete', tokenType, undefined, call)),
    test: (request, call = {}) => callPromise(test(written(request), call)),
    restore: (tokenType, customizer, call = {}) =>
      withoutData(
        write('restore', tokenType, customizer === undefined ? undefined : written(customizer), call),
      ),
  };
};

/**
 * Lists the fields of a customizer that a tenant would silently drop: unknown fields inside `contextSample`. Fields that
 * a tenant refuses (an unknown field anywhere else, a key `__proto__`) and fields that only older releases drop are not
 * listed.
 *
 * @returns JSON Pointers, for example `/contextSample/user/nickName`
 * @throws InvalidRequestError for an unknown token type, and for a body that is too long or that JSON cannot represent
 */
export const findDroppedFields = async (tokenType: TokenType, customizer: unknown): Promise<string[]> => {
  const operation = 'findDroppedFields';
  const body = written(customizer);
  if (!isTokenType(tokenType)) return refuseTokenType(operation, tokenType);
  return (await loadValidate()).findDropped(operation, body, tokenType);
};
