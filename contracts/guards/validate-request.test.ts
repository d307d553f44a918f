import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { written } from '../../src/client/json.ts';
import type { TokenType } from '../../src/client/types.ts';
import { customizerIssues, validateRequest } from '../../src/client/validate/validate.ts';
import { type Json, without } from '../../src/contract/json.ts';
import { officialGuards } from '../conforming/index.ts';
import { bodies } from './arbitraries.ts';
import { officialNames, officialSchemas } from './subjects.ts';

describe("the client's validation of a body, compared with Logto's own guards", () => {
  test.each([
    ['access-token', 'AccessTokenJwtCustomizer'],
    ['client-credentials', 'ClientCredentialsJwtCustomizer'],
  ] as const satisfies [TokenType, string][])(
    '%s: the same result, and exactly the fields that the client reports are dropped',
    (tokenType, schema) => {
      const tally = { accepted: 0, refused: 0, dropping: 0 };
      const guard = officialGuards.customizers[tokenType];
      fc.assert(
        fc.property(
          bodies({ $ref: `#/components/schemas/${schema}` }, officialSchemas, officialNames),
          (text) => {
            const value: Json = JSON.parse(text);
            const kept = guard(JSON.parse(text));
            let dropped: readonly string[];
            try {
              const valid = validateRequest('put', written(value), customizerIssues[tokenType]);
              dropped = [...new Set(valid.dropped.map(({ pointer }) => pointer))];
            } catch (error) {
              tally.refused += 1;
              const { issues } = error as { issues: { keyword: string; pointer: string }[] };
              // The guard accepts U+0000 and lone surrogates, which storage refuses, and __proto__, refused earlier.
              const isElsewhere = issues.every(
                ({ keyword, pointer }) =>
                  keyword === 'propertyNames' || (keyword === 'pattern' && pointer === '/script'),
              );
              expect(kept.success && !isElsewhere, text).toBe(false);
              return;
            }
            tally.accepted += 1;
            if (dropped.length > 0) tally.dropping += 1;
            expect(kept.success, text).toBe(true);
            const data = kept.success ? kept.data : undefined;
            expect(
              isDeepStrictEqual(without(value, dropped), JSON.parse(JSON.stringify(data))),
              `${dropped.join(' ')} of ${text}`,
            ).toBe(true);
          },
        ),
        { seed: 20_261_125, numRuns: 3_000 },
      );
      expect(tally.accepted).toBeGreaterThan(500);
      expect(tally.refused).toBeGreaterThan(500);
      expect(tally.dropping).toBeGreaterThan(50);
    },
  );
});
