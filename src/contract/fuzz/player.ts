import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import { LogtoJwtCustomizerError } from '../../client/index.ts';
import { isMarked, marker } from '../../session/index.ts';
import type { Case, Customizers } from '../case.ts';
import type { Exchange, Finding } from '../exchange.ts';
import { expectedOf } from '../expected.ts';
import type { CaseResponse } from '../targets/http.ts';
import { validate } from '../validate.ts';
import type { Step } from './bodies.ts';

/** Thrown when an overloaded tenant or a network failure leaves a step inconclusive. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}

/** Thrown when somebody else wrote to the tenant: the suite writes nothing more and leaves their change in place. */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
  readonly tokenType: TokenType;

  constructor(tokenType: TokenType) {
    super(`somebody else changed ${tokenType}`);
    this.tokenType = tokenType;
  }
}

/** A step whose response differs from the model's. */
export interface Break {
  contract: Case;
  exchange: Exchange;
  findings: Finding[];
  /** The steps up to this one, starting from an empty tenant. */
  steps: Step[];
}

export interface Played {
  /** The number of conclusive steps. */
  steps: number;
  /** The last conclusive HTTP status. */
  status?: number;
  broken?: Break;
  /** Why the sequence was inconclusive. */
  undecided?: string;
}

/** The customizer that is put and deleted before each sequence. */
const between = { script: `// ${marker} between sequences`, environmentVariables: { BETWEEN: 'sequences' } };

/** How often a request is retried after a 500 before the request itself is taken to be the cause. */
const attempts = 3;

/**
 * Each function throws a `ForeignChangeError` when somebody else wrote to the tenant.
 *
 * @param send Sends a case's request without setting anything up before or reading anything back after.
 */
export const createPlayer = (
  send: (contract: Case) => Promise<CaseResponse>,
  asCase: (step: Step, given: Customizers) => Case,
  seen: (after: Exchange['after']) => void,
) => {
  /** @throws {UndecidedError} for an overloaded tenant, and when there is no response. */
  const ask = async (contract: Case, isTaken = (_status: number) => false): Promise<CaseResponse> => {
    const response = await send(contract).catch((error: unknown) => {
      if (!(error instanceof LogtoJwtCustomizerError)) throw error;
      const { name, message, code = message } = error;
      throw new UndecidedError(`no response (${name}: ${code})`);
    });
    const { status } = response;
    if ((status === 401 || status === 429 || status >= 500) && !isTaken(status))
      throw new UndecidedError(String(status));
    return response;
  };

  const read = async (): Promise<Exchange['after']> => {
    const after: Exchange['after'] = {};
    for (const tokenType of tokenTypes) {
      const { status, body } = await ask(asCase({ operation: 'get', tokenType }, {}));
      // A proxy's page, which does not show what is stored.
      if (typeof body === 'string') throw new UndecidedError(`${status} without JSON`);
      after[tokenType] = status === 404 ? null : (body as Customizers[TokenType] & object);
    }
    // Every script that the fuzzer stores has the marker: one without it is somebody else's.
    const theirs = tokenTypes.find(
      (tokenType) => typeof after[tokenType]?.['script'] === 'string' && !isMarked(after[tokenType]),
    );
    if (theirs !== undefined) throw new ForeignChangeError(theirs);
    seen(after);
    return after;
  };

  /**
   * Puts and deletes the same customizers, then puts the given ones, so that nothing a tenant remembers of earlier
   * sequences affects the next.
   */
  const arrange = async (given: Customizers): Promise<void> => {
    await read();
    const steps: Step[] = [
      ...tokenTypes.map((tokenType) => ({ operation: 'put' as const, tokenType, body: between })),
      ...tokenTypes.map((tokenType) => ({ operation: 'delete' as const, tokenType })),
    ];
    for (const tokenType of tokenTypes) {
      const body = given[tokenType];
      if (body !== undefined) steps.push({ operation: 'put', tokenType, body });
    }
    for (const step of steps) {
      const { status } = await ask(asCase(step, {}));
      if (status > 299 && status !== 404)
        throw new UndecidedError(`${step.operation.toUpperCase()} between sequences: ${status}`);
    }
  };

  /**
   * If the tenant is otherwise responsive but always responds with 500 to one request, it cannot handle that request.
   * Any other status from 500 up is about the tenant.
   */
  const perform = async (contract: Case) => {
    const isTaken = (status: number): boolean => status === 500;
    const response = await ask(contract, isTaken);
    for (let attempt = 0; response.status === 500 && attempt < attempts; attempt += 1) {
      await arrange(contract.given);
      if ((await ask(contract, isTaken)).status !== 500) throw new UndecidedError('500');
    }
    // Only requests that may write are followed by reads.
    const { operation } = contract.request;
    const isRead = operation === 'GetJwtCustomizer' || operation === 'ListJwtCustomizers';
    const exchange: Exchange = { ...response, after: isRead ? {} : await read() };
    return { exchange, findings: validate(contract, exchange) };
  };

  return {
    /** Empties the tenant, puts the given customizers, and sends the same bytes again. @throws {UndecidedError} */
    again: async (contract: Case) => {
      await arrange(contract.given);
      return perform(contract);
    },
    /** Empties the tenant, then sends the steps until one breaks the contract or is inconclusive. */
    play: async (sequence: readonly Step[]): Promise<Played> => {
      const played: Played = { steps: 0 };
      try {
        await arrange({});
        // The actual state, not the expected one: a DELETE that does not delete is found by a separate step.
        let stored = Object.fromEntries(
          Object.entries(await read()).filter(([, body]) => body),
        ) as Customizers;
        for (const [index, step] of sequence.entries()) {
          const contract = asCase(step, stored);
          const { exchange, findings } = await perform(contract);
          played.steps += 1;
          played.status = exchange.status;
          if (findings.length > 0) {
            const steps = sequence.slice(0, index + 1);
            return { ...played, broken: { contract, exchange, findings, steps } };
          }
          stored = expectedOf(contract).after;
        }
        return played;
      } catch (error) {
        if (!(error instanceof UndecidedError)) throw error;
        return { ...played, undecided: error.message };
      }
    },
  };
};
