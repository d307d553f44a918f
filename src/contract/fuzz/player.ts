import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import { LogtoJwtCustomizerError } from '../../client/index.ts';
import { isMarked, marker } from '../../session/index.ts';
import type { Case, Customizers } from '../case.ts';
import type { Exchange, Finding } from '../exchange.ts';
import { expectedOf } from '../expected.ts';
import type { CaseResponse } from '../targets/http.ts';
import { validate } from '../validate.ts';
import type { Body } from './bodies.ts';
import type { Step } from './step.ts';

/** A tenant that is tired, or a network that fails: what was asked was neither kept nor broken. */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}

/** Somebody else wrote to the tenant: nothing more is written, what is theirs stays. */
export class ForeignChangeError extends Error {
  override readonly name = 'ForeignChangeError';
  readonly tokenType: TokenType;

  constructor(tokenType: TokenType) {
    super(`somebody else changed ${tokenType}`);
    this.tokenType = tokenType;
  }
}

/** What a tenant is to the fuzzer. */
export interface PlayerOptions {
  /** Sends a case's request as it stands: nothing is arranged before, nothing read back after. */
  send(contract: Case): Promise<CaseResponse>;
  asCase(step: Step, given: Customizers): Case;
  /** Told what was read back, each time. */
  seen(after: Exchange['after']): void;
}

/** A step that was answered otherwise than the model says. */
export interface Break {
  contract: Case;
  exchange: Exchange;
  findings: Finding[];
  /** The steps up to this one, of an emptied tenant. */
  steps: Step[];
}

export interface Played {
  /** Steps that were decided. */
  steps: number;
  /** The last HTTP status that decided something. */
  status?: number;
  broken?: Break;
  /** Why the sequence was given up. */
  undecided?: string;
}

export interface Player {
  /**
   * Empties the tenant, then takes the steps, each judged, until one breaks the contract or cannot be decided.
   *
   * @throws {ForeignChangeError}
   */
  play(sequence: readonly Step[]): Promise<Played>;
  /**
   * Empties the tenant, puts what is given, and sends the same bytes again.
   *
   * @throws {ForeignChangeError}
   * @throws {UndecidedError}
   */
  again(contract: Case): Promise<Pick<Break, 'exchange' | 'findings'>>;
}

const isTired = (status: number): boolean => status === 401 || status === 429 || status >= 500;

/** What is put and deleted before each sequence. */
const between: Body = {
  script: `// ${marker} between sequences`,
  environmentVariables: { BETWEEN: 'sequences' },
};

/** How often a request that was answered 500 is tried again, before it is its own fault and not the tenant's. */
const attempts = 3;

export const createPlayer = ({ send, asCase, seen }: PlayerOptions): Player => {
  /** Whether nothing that was asked since the last reading is in doubt. */
  let isKnown = false;

  /** @throws {UndecidedError} when nothing was answered. */
  const ask = async (contract: Case): Promise<CaseResponse> => {
    try {
      const response = await send(contract);
      if (isTired(response.status)) isKnown = false;
      return response;
    } catch (error) {
      isKnown = false;
      if (!(error instanceof LogtoJwtCustomizerError)) throw error;
      const { name, message, code = message } = error;
      throw new UndecidedError(`no answer (${name}: ${code})`);
    }
  };

  const askSteadily = async (contract: Case): Promise<CaseResponse> => {
    const response = await ask(contract);
    if (isTired(response.status)) throw new UndecidedError(String(response.status));
    return response;
  };

  const read = async (): Promise<Exchange['after']> => {
    const after: Exchange['after'] = {};
    for (const tokenType of tokenTypes) {
      const { status, body } = await askSteadily(asCase({ operation: 'get', tokenType }, {}));
      // A proxy's page, which says nothing of what is stored.
      if (typeof body === 'string') throw new UndecidedError(`${status} without JSON`);
      after[tokenType] = status === 404 ? null : (body as Customizers[TokenType] & object);
    }
    // Each script that the fuzzer stores has the mark: what has another, or none, is not its own.
    const theirs = tokenTypes.find(
      (tokenType) => typeof after[tokenType]?.['script'] === 'string' && !isMarked(after[tokenType]),
    );
    if (theirs !== undefined) throw new ForeignChangeError(theirs);
    seen(after);
    isKnown = true;
    return after;
  };

  const write = async (step: Step, given: Customizers): Promise<CaseResponse> => {
    const response = await askSteadily(asCase(step, given));
    const isMissing = step.operation === 'delete' && response.status === 404;
    if (response.status > 299 && !isMissing)
      throw new UndecidedError(`${step.operation.toUpperCase()} between sequences: ${response.status}`);
    return response;
  };

  /**
   * Puts and deletes the same, whatever was there: what a tenant remembers of earlier sequences must not tell in the
   * next.
   *
   * @returns the DELETE that did not delete.
   */
  const empty = async (): Promise<Break | undefined> => {
    if (!isKnown) await read();
    for (const tokenType of tokenTypes) await write({ operation: 'put', tokenType, body: between }, {});
    const responses = new Map<TokenType, CaseResponse>();
    for (const tokenType of tokenTypes)
      responses.set(tokenType, await write({ operation: 'delete', tokenType }, {}));
    const after = await read();
    for (const [tokenType, response] of responses) {
      if (after[tokenType] === null) continue;
      const step: Step = { operation: 'delete', tokenType };
      const contract = asCase(step, { [tokenType]: between });
      const exchange: Exchange = { ...response, after };
      return { contract, exchange, findings: validate(contract, exchange), steps: [step] };
    }
    return undefined;
  };

  const bringAbout = async (given: Customizers): Promise<void> => {
    await empty();
    for (const tokenType of tokenTypes) {
      const body = given[tokenType];
      if (body !== undefined) await write({ operation: 'put', tokenType, body }, {});
    }
  };

  /** Only what may write is followed by reads. */
  const complete = async (contract: Case, response: CaseResponse): Promise<Exchange> => {
    const { operation } = contract.request;
    const isRead = operation === 'GetJwtCustomizer' || operation === 'ListJwtCustomizers';
    return { ...response, after: isRead ? {} : await read() };
  };

  /**
   * A tenant that is not tired and answers one request with 500 each time cannot take that request. Everything else
   * from 500 up speaks of the tenant.
   */
  const perform = async (contract: Case): Promise<Exchange> => {
    const response = await ask(contract);
    if (isTired(response.status) && response.status !== 500)
      throw new UndecidedError(String(response.status));
    for (let attempt = 0; response.status === 500 && attempt < attempts; attempt += 1) {
      await bringAbout(contract.given);
      if ((await ask(contract)).status !== 500) throw new UndecidedError('500');
    }
    return complete(contract, response);
  };

  const again: Player['again'] = async (contract) => {
    await bringAbout(contract.given);
    const exchange = await perform(contract);
    return { exchange, findings: validate(contract, exchange) };
  };

  const play: Player['play'] = async (sequence) => {
    const played: Played = { steps: 0 };
    const taken: Step[] = [];
    try {
      const kept = await empty();
      if (kept !== undefined) return { ...played, steps: 1, broken: kept };
      let stored: Customizers = {};
      for (const step of sequence) {
        taken.push(step);
        const contract = asCase(step, stored);
        const exchange = await perform(contract);
        const findings = validate(contract, exchange);
        played.steps += 1;
        played.status = exchange.status;
        if (findings.length > 0) return { ...played, broken: { contract, exchange, findings, steps: taken } };
        stored = expectedOf(contract).after;
      }
      return played;
    } catch (error) {
      if (!(error instanceof UndecidedError)) throw error;
      return { ...played, undecided: error.message };
    }
  };

  return { play, again };
};
