/** Tenants that are each wrong in one way, and the hunt for them. Used by `mutants.test.ts` and a script. */
import { authorization, order, tokenEndpoint } from './authorization.ts';
import { arrays, emptyValues, encoding, nulls } from './encoding.ts';
import { releases, requiredAndExtraFields } from './fields.ts';
import { mergingMutants, putAndPatch, refusedWrites } from './merging.ts';
import type { Mutant } from './mutant.ts';
import { crossTalk, deletion, persistence } from './persistence.ts';
import { etags, list, requestIds } from './reads.ts';
import { contentTypes, errorBodies, statusCodes } from './statuses.ts';
import { testOutcomes, testRequests } from './test-requests.ts';
import { typesAndLiterals, variants } from './types.ts';

export { formatResults, hunt, noMutant, type Result, rulesOf, summary, type Verdict } from './hunt.ts';
export { type Area, areas, type Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [
  ...statusCodes,
  ...contentTypes,
  ...errorBodies,
  ...requiredAndExtraFields,
  ...typesAndLiterals,
  ...variants,
  ...mergingMutants,
  ...refusedWrites,
  ...persistence,
  ...crossTalk,
  ...authorization,
  ...order,
  ...encoding,
  ...nulls,
  ...emptyValues,
  ...arrays,
  ...list,
  ...deletion,
  ...putAndPatch,
  ...etags,
  ...requestIds,
  ...testRequests,
  ...testOutcomes,
  ...tokenEndpoint,
  ...releases,
];
