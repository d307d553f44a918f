import type { TokenType } from '../../generated/types.d.ts';
import type { Decision } from './decide.ts';
import type { MockRequest, MockResponse } from './message.ts';
import { mediaTypeOf, type Operation } from './operation.ts';
import { complete, type Preference, readPreference } from './prefer.ts';
import type { Composed, Engine } from './prism.ts';

/** Turns decisions into responses. A client's preference may choose another one. */
export interface Responder {
  /** The response of the document that a decision or a preference names. */
  compose: (
    operation: Operation,
    choice: Preference & { body?: unknown },
    tokenType?: TokenType,
  ) => Promise<MockResponse>;
  /** A refusal stands: a preference chooses among the examples of its status, nothing else. */
  refuse: (
    operation: Operation,
    refusal: Decision,
    request: MockRequest,
    tokenType?: TokenType,
  ) => Promise<MockResponse>;
  /** A request that nothing is wrong with gets what it prefers. */
  accept: (
    operation: Operation,
    decision: Decision,
    request: MockRequest,
    tokenType?: TokenType,
  ) => Promise<MockResponse>;
}

const serialize = ({ status, headers, mediaType, body }: Composed): MockResponse => {
  if (body === undefined || mediaType === undefined) return { status, headers, text: undefined };
  const text = mediaType.startsWith('text/') ? String(body) : JSON.stringify(body);
  return { status, headers: { ...headers, 'Content-Type': `${mediaType}; charset=utf-8` }, text };
};

const toChoice = ({ status, ...rest }: Decision): Preference & { body?: unknown } => ({
  code: status,
  ...rest,
});

export const makeResponder = (engine: Engine): Responder => {
  const compose: Responder['compose'] = async (operation, { body, ...choice }, tokenType) => {
    const { code, example } = choice;
    const mediaType =
      code === undefined || example === undefined ? undefined : mediaTypeOf(operation, code, example);
    const composed = await engine.compose(
      operation,
      { ...choice, ...(mediaType !== undefined && { mediaType }) },
      tokenType,
    );
    return serialize(body === undefined ? composed : { ...composed, body });
  };

  return {
    compose,
    refuse: (operation, refusal, { prefer, query }, tokenType) => {
      const preference = readPreference(prefer, query);
      const isOther =
        preference !== undefined &&
        !('message' in preference) &&
        preference.code === refusal.status &&
        preference.example !== undefined &&
        mediaTypeOf(operation, refusal.status, preference.example) !== undefined;
      return compose(operation, isOther ? preference : toChoice(refusal), tokenType);
    },
    accept: async (operation, decision, { prefer, query, accept }, tokenType) => {
      const preference = readPreference(prefer, query);
      if (preference === undefined) return compose(operation, toChoice(decision), tokenType);
      if ('message' in preference) return serialize(engine.problem(422, preference.message));
      const choice = complete(preference, operation, tokenType, accept);
      return choice.code === undefined
        ? serialize(engine.problem(404, `The document has no example ${choice.example} to answer here.`))
        : compose(operation, choice, tokenType);
    },
  };
};
