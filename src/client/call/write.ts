/** The layer of writes: what a write has brought about is read back whenever its response does not tell. */
import type { TokenType } from '../../../generated/types.d.ts';
import {
  AbortError,
  ConflictError,
  type Issue,
  LogtoJwtCustomizerError,
  NetworkError,
  NotStoredAsSentError,
  OutcomeUnknownError,
  UnexpectedResponseError,
} from '../errors.ts';
import type { Emit } from '../events.ts';
import { sameJson } from '../json.ts';
import { joinSome, shown } from '../shown.ts';
import { differences } from '../validate/differences.ts';
import type { ApiRequest, ReadResponse, ResponseKind, Send, ValidBody } from './attempt.ts';
import { type Budget, sleep, type Target } from './budget.ts';
import { isMissing } from './engine.ts';
import { isOwnFault, isSurelyNotApplied, retry } from './retry.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Write {
  readonly operation: 'put' | 'update' | 'delete' | 'restore';
  readonly tokenType: TokenType;
  readonly request: ApiRequest;
  /** `undefined` to delete. */
  readonly body: ValidBody | undefined;
  /** What the tenant must hold before; `null`: no customizer; `undefined`: whatever it is. */
  readonly ifUnchanged: Fields | null | undefined;
}

export interface Validated {
  readonly response: ReadResponse;
  /** The JSON of its body; `null` where the response says that there is nothing. */
  readonly data: unknown;
  /** JSON Pointers of what the document does not know. */
  readonly newer: readonly string[];
}

export interface Layers {
  readonly send: Send;
  validate(target: Target, kind: ResponseKind, response: ReadResponse, budget: Budget): Promise<Validated>;
  /** What is stored, `null` when there is no customizer, with retries of its own. */
  read(tokenType: TokenType, budget: Budget): Promise<Validated>;
}

/** What is wrong with what is stored after the write; nothing when it was carried out. */
const issuesOf = ({ request, body, ifUnchanged }: Write, { data, newer }: Validated) => {
  if (body === undefined) return differences(null, data, []);
  // PATCH keeps what it is not sent: what there was, if the caller knows, else whatever there is.
  const kept = ifUnchanged ?? (data as Fields | null);
  const wanted =
    request.method === 'PATCH' && data !== null ? { ...kept, ...(body.value as Fields) } : body.value;
  // Nearly always they are the same, which is found sooner than where they are not.
  return sameJson(wanted, data)
    ? []
    : differences(wanted, data, [...body.dropped.map(({ pointer }) => pointer), ...newer]);
};

const conflict = (
  write: Write,
  expected: unknown,
  found: Validated,
  [what, sent, lost]: readonly [what: string, sent: string, lost: string],
): ConflictError => {
  const { method, path } = write.request;
  // Whatever was there before.
  const holdsSent = issuesOf({ ...write, ifUnchanged: undefined }, found).length === 0;
  const message = `${method} ${path}${what} ${holdsSent ? sent : lost} Read it again and decide.`;
  return new ConflictError(message, { method, path, holdsSent }, { expected, found: found.data });
};

const notUnchanged = (write: Write, found: Validated): ConflictError =>
  conflict(write, write.ifUnchanged, found, [
    ": the tenant's customizer is not what `ifUnchanged` says (see `expected` and `found`).",
    'It holds what was sent, and a change by somebody else.',
    'It was left as it is.',
  ]);

const notStored = (
  write: Write,
  found: Validated,
  differing: readonly Issue[],
): ConflictError | NotStoredAsSentError => {
  const error = notUnchanged(write, found);
  if (error.holdsSent) return error;
  const { status, requestId, secrets } = found.response;
  const { method, path } = error;
  const issues = differing.map(({ pointer, message }) => ({ pointer: shown(pointer, secrets), message }));
  return new NotStoredAsSentError(
    `${method} ${path} was answered ${status}, but the answer is not what was sent: ` +
      `${joinSome(issues.map(({ pointer, message }) => `${pointer || 'the customizer'} ${message}`))}.`,
    { method, path, status, requestId: requestId && shown(requestId, secrets), issues },
  );
};

/** What the response holds is stored now, or there is nothing more. */
const sendOnce = async (write: Write, { send, validate }: Layers, budget: Budget): Promise<Validated> => {
  const { operation, tokenType, request, body, ifUnchanged } = write;
  const isExpected = operation === 'restore' && body === undefined ? isMissing : undefined;
  const response = await send(request, budget, body, isExpected);
  if (body === undefined) {
    if (!response.ok || response.status === 204) return { response, data: null, newer: [] };
    const { unexpected } = await import('../refusal.ts');
    throw unexpected(request, response, 'a body where Logto answers 204 without one');
  }
  // Nearly always the response holds just what was sent, which was validated then.
  if (body.isValid && ifUnchanged === undefined && sameJson(body.value, response.body)) {
    return { response, data: response.body, newer: [] };
  }
  const stored = await validate(request, tokenType, response, budget);
  const issues = issuesOf(write, stored);
  if (issues.length > 0) throw notStored(write, stored, issues);
  return stored;
};

const isOutcomeUnknown = (fault: LogtoJwtCustomizerError): boolean => {
  if (fault instanceof NetworkError) return !isSurelyNotApplied(fault);
  const { status = 0 } = fault;
  // A page, or half a body: somebody else than Logto responded, before it or in its place.
  if (fault instanceof UnexpectedResponseError) return status >= 200 && status < 300;
  return status === 408 || status >= 500;
};

const isRetried = (fault: LogtoJwtCustomizerError): boolean =>
  isSurelyNotApplied(fault) || (isOutcomeUnknown(fault) && !(fault instanceof OutcomeUnknownError));

/** Runs `read`; `describe` makes of its fault what the write ends in. */
const readOr = async (
  read: () => Promise<Validated>,
  describe: (fault: LogtoJwtCustomizerError) => LogtoJwtCustomizerError,
): Promise<Validated> => {
  try {
    return await read();
  } catch (error) {
    throw error instanceof AbortError || !(error instanceof LogtoJwtCustomizerError)
      ? error
      : describe(error);
  }
};

const outcomeUnknown = (fault: LogtoJwtCustomizerError, readFault: LogtoJwtCustomizerError) => {
  const { method, path, status, code, requestId } = fault;
  return new OutcomeUnknownError(
    `${method} ${path} may or may not have been carried out. ${fault.message} ` +
      `To find out, the customizer was to be read: ${readFault.message}`,
    { method, path, status, code, requestId, cause: fault, readFault },
  );
};

const recheckFailed = ({ method, path }: Target, fault: LogtoJwtCustomizerError) =>
  new OutcomeUnknownError(
    `${method} ${path} was carried out. Whether it is still there could not be read: ${fault.message}`,
    { method, path, cause: fault, readFault: fault },
  );

/**
 * A write that is right whatever happens on the way: it is sent again only when it was surely not carried out, or when
 * reading shows that it was not. docs/faults.md has the table, and what no client can know.
 *
 * @throws ConflictError, OutcomeUnknownError, NotStoredAsSentError, and what the layers throw
 */
export const executeWrite = async (
  write: Write,
  layers: Layers,
  budget: Budget,
  emit: Emit | undefined,
): Promise<Validated> => {
  const { tokenType, request, ifUnchanged } = write;
  const { method, path } = request;
  /** The outcome of an attempt is not known. */
  let isOpen = false;

  /** What an attempt has brought about, if it has; undefined when it may be sent again. */
  const settle = (found: Validated): Validated | undefined => {
    if (isOpen && issuesOf(write, found).length === 0) return found;
    if (ifUnchanged !== undefined && !sameJson(found.data, ifUnchanged)) throw notUnchanged(write, found);
    return undefined;
  };

  const read = (): Promise<Validated> => layers.read(tokenType, budget);

  const stored = await retry(request, budget, emit, isRetried, async () => {
    const settled = ifUnchanged === undefined ? undefined : settle(await read());
    if (settled !== undefined) return settled;
    try {
      return await sendOnce(write, layers, budget);
    } catch (error) {
      if (!isOwnFault(error, request)) throw error;
      const isGone = isOpen && method === 'DELETE' && error.code === 'entity.not_found';
      if (!isGone && !isOutcomeUnknown(error)) throw error;
      isOpen = true;
      emit?.({ type: 'read-back', method, path, error });
      const found = settle(await readOr(read, (fault) => outcomeUnknown(error, fault)));
      if (found === undefined) throw error;
      return found;
    }
  });
  const delay = budget.policy.recheckAfter;
  if (delay === 0) return stored;
  const recheck = (): Promise<Validated> => {
    emit?.({ type: 'recheck', method, path, delay });
    return sleep(request, budget, delay).then(read);
  };
  const found = await readOr(recheck, (fault) => recheckFailed(request, fault));
  if (!sameJson(found.data, stored.data)) {
    const what =
      ` was carried out, and ${delay} ms later the tenant's customizer is another one (see \`expected\` and \`found\`): ` +
      'somebody else wrote at the same time.';
    const ends = ['What was sent is still in it.', 'What was sent is lost.'] as const;
    throw conflict(write, stored.data, found, [what, ...ends]);
  }
  return stored;
};
