import type { Budget } from '../call/budget.ts';
import { isOutcomeUnknown, isSurelyNotApplied } from '../call/faults.ts';
import type { Judged } from '../call/read.ts';
import { retry } from '../call/retry.ts';
import type { ApiRequest } from '../call/send.ts';
import { AbortError } from '../errors/abort.ts';
import { LogtoJwtCustomizerError } from '../errors/base.ts';
import { ConflictError } from '../errors/conflict.ts';
import { NotStoredAsSentError } from '../errors/not-stored-as-sent.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown.ts';
import type { Emit } from '../events.ts';
import { joinSome } from '../join-some.ts';
import { differences } from './differences.ts';
import { sameJson } from './same-json.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Write {
  readonly request: ApiRequest;
  /** What the body says, as JSON; `null` to delete. */
  readonly sent: Fields | null;
  /** JSON Pointers of what the tenant will not keep. */
  readonly dropped: readonly string[];
  /** What the tenant must hold before; `null`: no customizer; `undefined`: whatever it is. */
  readonly ifUnchanged: Fields | null | undefined;
}

export interface WriteSteps {
  /** Sends the write once. Its data are what is stored then, `null` when it is a deletion. */
  send(): Promise<Judged>;
  /** What is stored, `null` when there is no customizer, with attempts of its own. */
  read(): Promise<Judged>;
}

/** What is wrong with what is stored after the write; nothing when it was carried out. */
const issuesOf = ({ request, sent, dropped, ifUnchanged }: Write, { data, newer }: Judged) => {
  // PATCH keeps what it is not sent: what there was, if the caller knows, else whatever there is.
  const kept = ifUnchanged ?? (data as Fields | null);
  const wanted = request.method === 'PATCH' && data !== null ? { ...kept, ...sent } : sent;
  return differences(wanted, data, [...dropped, ...newer]);
};

const conflict = (write: Write, found: Judged): ConflictError => {
  const { method, path } = write.request;
  const holdsSent = issuesOf({ ...write, ifUnchanged: undefined }, found).length === 0;
  return new ConflictError(
    `${method} ${path}: the tenant's customizer is not what \`ifUnchanged\` says (see \`expected\` and \`found\`). ${
      holdsSent ? 'It holds what was sent, and a change by somebody else.' : 'It was left as it is.'
    } Read it again and decide.`,
    { method, path, holdsSent },
    { expected: write.ifUnchanged, found: found.data },
  );
};

/** Whether the answer of a write shows that it was carried out. */
const checkStored = (write: Write, found: Judged): void => {
  const issues = issuesOf(write, found);
  if (issues.length === 0) return;
  const error = conflict(write, found);
  if (error.holdsSent) throw error;
  const { method, path } = write.request;
  const { status, requestId } = found.answer;
  throw new NotStoredAsSentError(
    `${method} ${path} was answered ${status}, but the answer is not what was sent: ` +
      `${joinSome(issues.map(({ pointer, message }) => `${pointer || 'the customizer'} ${message}`))}.`,
    { method, path, status, requestId, issues },
  );
};

const outcomeUnknown = (fault: LogtoJwtCustomizerError, readFault: LogtoJwtCustomizerError) => {
  const { method, path, status, code, requestId } = fault;
  return new OutcomeUnknownError(
    `${method} ${path} may or may not have been carried out. ${fault.message} ` +
      `To find out, the customizer was to be read: ${readFault.message}`,
    { method, path, status, code, requestId, cause: fault, readFault },
  );
};

/**
 * A write that is right whatever happens on the way: it is sent again only when it was surely not carried out, or when
 * reading shows that it was not. docs/faults.md has the table, and what no client can know.
 *
 * @throws ConflictError, OutcomeUnknownError, NotStoredAsSentError, and what the steps throw
 */
export const write = (
  write: Write,
  { send, read }: WriteSteps,
  budget: Budget,
  emit: Emit | undefined,
): Promise<Judged> => {
  const { request, ifUnchanged } = write;
  const { method, path } = request;
  /** An attempt was made whose outcome is not known. */
  let isOpen = false;

  /** What an attempt has brought about, if it has; undefined when it may be sent again. */
  const settle = (found: Judged): Judged | undefined => {
    if (isOpen && issuesOf(write, found).length === 0) return found;
    if (ifUnchanged !== undefined && !sameJson(found.data, ifUnchanged)) throw conflict(write, found);
    return undefined;
  };

  const readBack = async (fault: LogtoJwtCustomizerError): Promise<Judged> => {
    emit?.({ type: 'read-back', method, path, error: fault });
    try {
      return await read();
    } catch (error) {
      if (error instanceof AbortError || !(error instanceof LogtoJwtCustomizerError)) throw error;
      throw outcomeUnknown(fault, error);
    }
  };

  const isRetried = (fault: LogtoJwtCustomizerError): boolean =>
    isSurelyNotApplied(fault) || (isOutcomeUnknown(fault) && !(fault instanceof OutcomeUnknownError));

  return retry(request, budget, emit, isRetried, async () => {
    const settled = ifUnchanged === undefined ? undefined : settle(await read());
    if (settled !== undefined) return settled;
    try {
      const stored = await send();
      checkStored(write, stored);
      return stored;
    } catch (error) {
      // Of this request, and not of getting a token for it.
      const isOwn =
        error instanceof LogtoJwtCustomizerError && error.method === method && error.path === path;
      if (!isOwn) throw error;
      const isGone = isOpen && method === 'DELETE' && error.code === 'entity.not_found';
      if (!isGone && !isOutcomeUnknown(error)) throw error;
      isOpen = true;
      const found = settle(await readBack(error));
      if (found === undefined) throw error;
      return found;
    }
  });
};
