import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenTypes } from '../../client/call/engine.ts';
import { differences } from '../json.ts';
import type { Release } from '../releases.ts';
import { type Body, bodiesOf, customizers } from './bodies.ts';

const minor = (release: string): number => Number(release.split('.')[1]);
const releaseOf = (name: string): Release => ({ name, has: (other) => minor(other) <= minor(name) });

const seed = 20_261_123;

/** Every text and every name in a JSON value. */
const textsIn = (value: unknown): { texts: string[]; names: string[] } => {
  if (typeof value === 'string') return { texts: [value], names: [] };
  if (typeof value !== 'object' || value === null) return { texts: [], names: [] };
  const inside = Object.values(value).map(textsIn);
  return {
    texts: inside.flatMap(({ texts }) => texts),
    names: [...Object.keys(value), ...inside.flatMap(({ names }) => names)],
  };
};

const kinds = ['1.28', '1.36', '1.43'].flatMap((release) =>
  tokenTypes.map((tokenType) => ({ release, tokenType })),
);

describe.each(kinds)('bodies of $release, $tokenType', ({ release, tokenType }) => {
  const bodies = bodiesOf(fc, tokenType, releaseOf(release));
  const valid = fc.sample(bodies.valid, { seed, numRuns: 1_000 });
  const refused = fc.sample(bodies.refused, { seed, numRuns: 1_000 });
  const all: Body[] = [...valid, ...refused];
  const { validate } = customizers[tokenType];

  test('are what they are called, by our validators', () => {
    expect(valid.filter((body) => validate(body).length > 0)).toEqual([]);
    expect(refused.filter((body) => validate(body).length === 0)).toEqual([]);
  });

  test('hold no text that storage refuses, no __proto__, and are far from 1 MiB', () => {
    const { texts, names } = textsIn(all);
    const refusedText = /\0|\p{Surrogate}/u;
    expect([...texts, ...names].filter((text) => refusedText.test(text))).toEqual([]);
    expect(names).toContain('constructor');
    expect(names).not.toContain('__proto__');
    const sizes = all.map((body) => JSON.stringify(body).length);
    expect(Math.max(...sizes)).toBeGreaterThan(300);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
  });

  test('have scripts that are comments alone, the refused ones, too', () => {
    const scripts = all.map(({ script }) => script).filter((script) => typeof script === 'string');
    expect(new Set(scripts).size).toBeGreaterThan(500);
    for (const script of scripts) {
      expect(script.replaceAll(/\/\/[^\n\r\u2028\u2029]*/g, '').trim(), script).toBe('');
      expect(script).toContain('The contract suite stores this');
    }
  });

  test('have no field that came later', () => {
    const { names, texts } = textsIn(valid);
    const later = { blockIssuanceOnError: '1.39', interaction: '1.29', application: '1.37' };
    for (const [name, since] of Object.entries(later))
      if (minor(since) > minor(release)) expect(names).not.toContain(name);
    if (tokenType === 'access-token') {
      expect(texts.includes('EmailVerificationCode')).toBe(release !== '1.28');
      expect(names.includes('organization')).toBe(release === '1.43');
    }
  });

  test('are not refused for a context that the release keeps, whatever it is', () => {
    const isAnyContext = tokenType === 'client-credentials' && minor(release) < 37;
    const forContext = refused.filter((body) =>
      validate(body).every(({ pointer }) => pointer.startsWith('/contextSample/')),
    );
    expect(forContext.length === 0).toBe(isAnyContext);
  });

  test('come back from JSON as they are', () => {
    expect(differences(all, JSON.parse(JSON.stringify(all)))).toEqual([]);
  });
});
