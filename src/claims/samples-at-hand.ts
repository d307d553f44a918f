import builtIn from './built-in.json' with { type: 'json' };
import type { TokenType } from './known.ts';
import type { Sample } from './sample-run.ts';

/** A sample with what it leaves out. */
export const completeSample = (tokenType: TokenType, sample: Sample, _release: string): Sample => ({
  ...builtIn[tokenType],
  ...sample,
});
