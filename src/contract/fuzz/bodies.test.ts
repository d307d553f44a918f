import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenTypes } from '../../client/call/engine.ts';
import { newest } from '../releases.ts';
import { bodiesOf } from './bodies.ts';

test.each(tokenTypes)(
  'bodies of %s contain no string that storage refuses and no __proto__, and stay far below 1 MiB',
  (tokenType) => {
    const { valid, refused } = bodiesOf(fc, tokenType, newest);
    const names: string[] = [];
    const sizes: number[] = [];
    for (const body of fc.sample(fc.oneof(valid, refused), { seed: 20_261_123, numRuns: 2_000 })) {
      const text = JSON.stringify(body, (name, value) => {
        names.push(name);
        if (/\0|\p{Surrogate}/u.test(name + (typeof value === 'string' ? value : '')))
          throw new Error(JSON.stringify(body));
        return value;
      });
      sizes.push(text.length);
    }
    expect(names).toContain('constructor');
    expect(names).not.toContain('__proto__');
    expect(Math.max(...sizes)).toBeGreaterThan(300);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
  },
);
