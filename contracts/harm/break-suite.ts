/** Loaded into a command's processes before anything else: a mistake of the suite's own, in each case on a tenant. */
import { syncBuiltinESMExports } from 'node:module';
import util from 'node:util';

const real = util.isDeepStrictEqual;

util.isDeepStrictEqual = (a, b) => {
  // Others compare other things.
  if (b === null || Object.hasOwn(Object(b), 'script')) throw new TypeError('a mistake of the suite');
  return real(a, b);
};
syncBuiltinESMExports();
