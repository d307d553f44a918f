import type { Arbitrary } from 'fast-check';
import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import type { Release } from '../releases.ts';
import { type Body, bodiesOf } from './bodies.ts';
import type { FastCheck } from './schema-arbitrary.ts';

/** One request of a sequence. Its response depends on what came before. */
export type Step =
  | { operation: 'put' | 'patch'; tokenType: TokenType; body: Body; isRefused?: true }
  | { operation: 'get' | 'delete'; tokenType: TokenType }
  | { operation: 'list' };

/** As a person reads it: the request, and the body as it is sent. */
export const describeStep = (step: Step): string =>
  [
    step.operation === 'list' ? 'GET (list)' : `${step.operation.toUpperCase()} ${step.tokenType}`,
    ...('body' in step ? [JSON.stringify(step.body)] : []),
  ].join(' ');

/** Sequences of 1 to 8 steps: writes first, so that most of what follows finds a customizer. */
export const sequencesOf = (fc: FastCheck, release: Release): Arbitrary<Step[]> => {
  const writes = tokenTypes.map((tokenType) => {
    const { valid, refused } = bodiesOf(fc, tokenType, release);
    const stepOf = ([operation, body]: ['put' | 'patch', Body]): Step => ({ operation, tokenType, body });
    const others = fc.oneof(
      // A PATCH shrinks to a PUT.
      {
        weight: 8,
        arbitrary: fc.tuple(fc.constantFrom('put', 'patch', 'patch', 'patch'), valid).map(stepOf),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('put', 'patch'), refused)
          .map((step): Step => ({ ...stepOf(step), isRefused: true }) as Step),
      },
      { weight: 2, arbitrary: fc.constant<Step>({ operation: 'delete', tokenType }) },
      { weight: 1, arbitrary: fc.constant<Step>({ operation: 'get', tokenType }) },
    );
    return { put: valid.map((body) => stepOf(['put', body])), others };
  });
  const first = fc.oneof(...writes.map(({ put }) => put));
  const later = fc.oneof(...writes.map(({ others }) => ({ weight: 13, arbitrary: others })), {
    weight: 1,
    arbitrary: fc.constant<Step>({ operation: 'list' }),
  });
  const length = { minLength: 1, maxLength: 6, size: 'max' } as const;
  return fc
    .tuple(fc.array(first, { maxLength: 2, size: 'max' }), fc.array(later, length))
    .map(([a, b]) => [...a, ...b]);
};
