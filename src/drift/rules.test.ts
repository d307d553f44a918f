import { describe, expect, test } from 'vitest';
import { type Code, type Rule, rules, verdictOf } from './rules.ts';

/** Why a rule of one direction has none of the other, or which one is its twin. */
const alone: Partial<Record<Code, { twin: Code } | { reason: string }>> = {
  'operation-added': { reason: 'an operation is called; its answers are part of it' },
  'operation-removed': { reason: 'an operation is called; its answers are part of it' },
  'operations-missing': { reason: 'an operation is called; its answers are part of it' },
  'security-changed': { reason: 'a client authorizes, a tenant does not' },
  'parameter-added-required': { twin: 'header-added' },
  'parameter-added-optional': { twin: 'header-added' },
  'parameter-removed': { twin: 'header-removed' },
  'parameter-made-required': { twin: 'header-made-required' },
  'parameter-made-optional': { twin: 'header-made-optional' },
  'header-added': { twin: 'parameter-added-optional' },
  'header-removed': { twin: 'parameter-removed' },
  'header-made-required': { twin: 'parameter-made-required' },
  'header-made-optional': { twin: 'parameter-made-optional' },
  'status-added-success': { reason: 'a request has no status' },
  'status-added-error': { reason: 'a request has no status' },
  'status-removed': { reason: 'a request has no status' },
  'body-added-optional': { reason: 'a response that may have a body is not told apart from one that has' },
  'body-made-required': { reason: 'OpenAPI cannot say that the body of a response is required' },
  'body-made-optional': { reason: 'OpenAPI cannot say that the body of a response is required' },
};

const all = Object.entries(rules) as [Code, Rule][];

describe('each rule', () => {
  test.each(all)(
    '%s has a twin of the other direction, or a reason why not',
    (code, { request, response }) => {
      if (request !== undefined && response !== undefined) {
        expect(alone).not.toHaveProperty([code]);
        return;
      }
      const why = alone[code];
      expect(why).toBeDefined();
      if (why === undefined || !('twin' in why)) return;
      const twin: Rule = rules[why.twin];
      expect(twin.kind).toBe(rules[code].kind);
      expect([request, twin.request].filter(Boolean)).toHaveLength(1);
      expect([response, twin.response].filter(Boolean)).toHaveLength(1);
    },
  );

  test.each(all)('%s gives its reason in a sentence', (_, { request, response }) => {
    for (const verdict of [request, response]) if (verdict) expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
  });

  /** What accepts more is safe to send and not to receive; what accepts less, the other way round. */
  test.each<[Code, boolean, boolean]>([
    ['type-wider', false, true],
    ['type-narrower', true, false],
    ['type-changed', true, true],
    ['null-added', false, true],
    ['null-removed', true, false],
    ['enum-value-added', false, true],
    ['enum-value-removed', true, false],
    ['constraint-loosened', false, true],
    ['constraint-tightened', true, false],
    ['variant-added', false, true],
    ['variant-removed', true, false],
    ['field-made-required', true, false],
    ['field-made-optional', false, true],
    ['field-removed', true, true],
    ['literal-changed', true, true],
    ['keyword-changed', true, true],
  ])('%s breaks a request: %s, a response: %s', (code, request, response) => {
    expect(verdictOf(code, 'request').breaks).toBe(request);
    expect(verdictOf(code, 'response').breaks).toBe(response);
  });

  test('has no verdict in a direction that it cannot be of', () => {
    expect(() => verdictOf('header-removed', 'request')).toThrow('header-removed cannot be of a request');
  });
});
