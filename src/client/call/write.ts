/** The layer of writes: if a response does not show whether a write took effect, the customizer is read. */
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
  /** What the tenant must have before the write; `null`: no customizer; `undefined`: anything. */
  readonly ifUnchanged: Fields | null | undefined;
}

export interface Validated {
  readonly response: ReadResponse;
  /** The JSON of its body; `null` if the response says that there is no customizer. */
  readonly data: unknown;
  /** JSON Pointers of fields that the document does not have. */
  readonly newer: readonly string[];
}

export interface Layers {
  readonly send: Send;
  validate(target: Target, kind: ResponseKind, response: ReadResponse, budget: Budget): Promise<Validated>;
  /** Reads what is stored, with its own retries; `null` if there is no customizer. */
  read(tokenType: TokenType, budget: Budget): Promise<Validated>;
}

/** How the stored customizer differs from what the write should have stored; empty if the write took effect. */
const issuesOf = ({ request, body, ifUnchanged }: Write, { data, newer }: Validated) => {
  if (body === undefined) return differences(null, data, []);
  // PATCH keeps fields that are not sent: those of `ifUnchanged` if it is given, else the stored ones.
  const kept = ifUnchanged ?? (data as Fields | null);
  const wanted =
    request.method === 'PATCH' && data !== null ? { ...kept, ...(body.value as Fields) } : body.value;
  // They are nearly always equal, and `sameJson` is faster than `differences`.
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
  // Regardless of what was there before.
  const holdsSent = issuesOf({ ...write, ifUnchanged: undefined }, found).length === 0;
  const message = `${method} ${path}${what} ${holdsSent ? sent : lost} Read it again and decide.`;
  return new ConflictError(message, { method, path, holdsSent }, { expected, found: found.data });
};

const notUnchanged = (write: Write, found: Validated): ConflictError =>
  conflict(write, write.ifUnchanged, found, [
    ": the tenant's customizer differs from `ifUnchanged` (see `expected` and `found`).",
    'It contains what was sent and a change by someone else.',
    'It was left unchanged.',
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
    `${method} ${path} returned ${status}, but the response differs from what was sent: ` +
      `${joinSome(issues.map(({ pointer, message }) => `${pointer || 'the customizer'} ${message}`))}.`,
    { method, path, status, requestId: requestId && shown(requestId, secrets), issues },
  );
};

/** Sends the write; the response shows what is stored afterwards. */
const sendOnce = async (write: Write, { send, validate }: Layers, budget: Budget): Promise<Validated> => {
  const { operation, tokenType, request, body, ifUnchanged } = write;
  const isExpected = operation === 'restore' && body === undefined ? isMissing : undefined;
  const response = await send(request, budget, body, isExpected);
  if (body === undefined) {
    if (!response.ok || response.status === 204) return { response, data: null, newer: [] };
    const { unexpected } = await import('../refusal.ts');
    throw unexpected(request, response, 'a body; Logto returns 204 without one');
  }
  // The response nearly always equals what was sent, which was already validated.
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
  // A page, or half a body: something other than Logto responded, before it or in its place.
  if (fault instanceof UnexpectedResponseError) return status >= 200 && status < 300;
  return status === 408 || status >= 500;
};

const isRetried = (fault: LogtoJwtCustomizerError): boolean =>
  isSurelyNotApplied(fault) || (isOutcomeUnknown(fault) && !(fault instanceof OutcomeUnknownError));

/** Runs `read`; `describe` turns its fault into the error of the write. */
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
    `${method} ${path} may or may not have taken effect. ${fault.message} ` +
      `Reading the customizer to find out failed, too: ${readFault.message}`,
    { method, path, status, code, requestId, cause: fault, readFault },
  );
};

const recheckFailed = ({ method, path }: Target, fault: LogtoJwtCustomizerError) =>
  new OutcomeUnknownError(
    `${method} ${path} succeeded, but reading the customizer again (\`recheckAfter\`) failed: ${fault.message}`,
    { method, path, cause: fault, readFault: fault },
  );

/**
 * A write that is correct despite any fault on the way: it is sent again only if it certainly did not take effect, or if
 * reading the customizer shows that. docs/faults.md has the table, and the limits of any client.
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

  /** The result of an attempt that took effect; `undefined` if the write may be sent again. */
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
      ` succeeded, but ${delay} ms later the tenant's customizer is different (see \`expected\` and \`found\`): ` +
      'someone else wrote at the same time.';
    const ends = ['It still contains what was sent.', 'What was sent is lost.'] as const;
    throw conflict(write, stored.data, found, [what, ...ends]);
  }
  return stored;
};
