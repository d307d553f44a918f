import { newestRelease } from '../../generated/newest-release.js';
import { fillSample } from '../claims/samples.ts';
import { sameJson } from '../client/json.ts';
import { readMark, unmark } from './marker.ts';
import type { Change, Customizer, Wanted } from './types.ts';

type SampleField = Change['samples'][number]['field'];

const sampleFields: readonly SampleField[] = ['tokenSample', 'contextSample'];
const knownFields = ['script', 'environmentVariables', 'blockIssuanceOnError', ...sampleFields];

/** Its samples with what they leave out, as the script would be run with them; none if it has none. */
const completed = (tokenType: Wanted['tokenType'], customizer: Customizer | null): Partial<Customizer> => {
  const { tokenSample, contextSample } = customizer ?? {};
  if (!tokenSample && !contextSample) return {};
  const sample = {
    ...(tokenSample && { token: tokenSample }),
    ...(contextSample && { context: contextSample }),
  };
  try {
    const { token, context } = fillSample(tokenType, sample, newestRelease, '');
    return { tokenSample: token, contextSample: context } as Partial<Customizer>;
  } catch {
    // It was written past Logto's guards, for example into the database.
    return { tokenSample, contextSample } as Partial<Customizer>;
  }
};

const compareSamples = (
  tokenType: Wanted['tokenType'],
  stored: Customizer | null,
  wanted: Customizer | null,
) => {
  const [before, after] = [completed(tokenType, stored), completed(tokenType, wanted)];
  return sampleFields
    .filter((field) => !sameJson(before[field], after[field]))
    .map((field) => ({
      field,
      // What the tenant does not have is shown as added as a whole, and not the defaults in its place.
      ...(stored?.[field] && { before: before[field] }),
      ...(wanted?.[field] && { after: after[field] }),
    }))
    .filter((sample) => 'before' in sample || 'after' in sample);
};

const compareVariables = (
  before: Record<string, string>,
  after: Record<string, string>,
): Change['variables'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().map((name) => {
    if (!Object.hasOwn(before, name)) return { name, change: 'added' };
    if (!Object.hasOwn(after, name)) return { name, change: 'removed' };
    return { name, change: before[name] === after[name] ? 'unchanged' : 'changed' };
  });

/**
 * What a push would change for one token type. The comment of a push is ignored. Samples are compared with what they leave
 * out filled in; no environment variables and `{}` are the same, as are no `blockIssuanceOnError` and `false`.
 *
 * @param stored - what the tenant has; `null`: it has no customizer
 */
export const compare = (stored: Customizer | null, { tokenType, customizer: wanted }: Wanted): Change => {
  const script = { before: unmark(stored?.script ?? ''), after: wanted?.script ?? '' };
  const samples = compareSamples(tokenType, stored, wanted);
  const variables = compareVariables(stored?.environmentVariables ?? {}, wanted?.environmentVariables ?? {});
  const [before, after] = [stored?.blockIssuanceOnError, wanted?.blockIssuanceOnError];
  const isBlockingChanged = Boolean(before) !== Boolean(after);
  const undeclared = [
    ...variables.flatMap(({ name, change }) =>
      change === 'removed' ? [`environment variable ${name}`] : [],
    ),
    ...samples.flatMap((sample) => ('after' in sample ? [] : [sample.field])),
    ...(isBlockingChanged && after === undefined ? ['blockIssuanceOnError'] : []),
    // Of a release newer than this package.
    ...Object.keys(stored ?? {})
      .filter((name) => !knownFields.includes(name))
      .map((name) => `field ${name}`),
  ];
  const removes = wanted === null ? [] : undeclared;
  const isChanged =
    script.before !== script.after ||
    samples.length > 0 ||
    variables.some(({ change }) => change !== 'unchanged') ||
    isBlockingChanged ||
    removes.length > 0;
  const kindOfBoth = isChanged ? 'replace' : 'none';
  const kindOfOne = wanted === null ? 'delete' : 'create';
  const pushed = stored === null ? undefined : readMark(stored);
  return {
    tokenType,
    kind: stored === null && wanted === null ? 'none' : stored && wanted ? kindOfBoth : kindOfOne,
    ...(script.before !== script.after && { script }),
    samples,
    variables,
    ...(isBlockingChanged && {
      blockIssuanceOnError: {
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
      },
    }),
    removes,
    ...(pushed && { pushed }),
  };
};
