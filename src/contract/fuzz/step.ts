import type { Arbitrary } from 'fast-check';
import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import type { Release } from '../releases.ts';
import { type Body, bodiesOf } from './bodies.ts';
import type { FastCheck } from './schema-arbitrary.ts';

/** One request of a sequence. What it is answered depends on what came before. */
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
    const write = (operation: 'put' | 'patch') => valid.map((body): Step => ({ operation, tokenType, body }));
    return {
      tokenType,
      put: write('put'),
      patch: write('patch'),
      refused: fc
        .tuple(fc.constantFrom<('put' | 'patch')[]>('put', 'patch'), refused)
        .map(([operation, body]): Step => ({ operation, tokenType, body, isRefused: true })),
    };
  });
  const first = fc.oneof(...writes.map(({ put }) => put));
  const later = fc.oneof(
    ...writes.flatMap(({ tokenType, put, patch, refused }) => [
      { weight: 6, arbitrary: patch },
      { weight: 2, arbitrary: put },
      { weight: 2, arbitrary: refused },
      { weight: 2, arbitrary: fc.constant<Step>({ operation: 'delete', tokenType }) },
      { weight: 1, arbitrary: fc.constant<Step>({ operation: 'get', tokenType }) },
    ]),
    { weight: 1, arbitrary: fc.constant<Step>({ operation: 'list' }) },
  );
  return fc
    .tuple(
      fc.array(first, { maxLength: 2, size: 'max' }),
      fc.array(later, { minLength: 1, maxLength: 6, size: 'max' }),
    )
    .map(([a, b]) => [...a, ...b]);
};
