/** Loaded into a command's processes first: a bug of the suite in each case on a tenant. */
import { syncBuiltinESMExports } from 'node:module';
import util from 'node:util';

const real = util.isDeepStrictEqual;

util.isDeepStrictEqual = (a, b) => {
  // Other calls compare other things.
  if (b === null || Object.hasOwn(Object(b), 'script')) throw new TypeError('a mistake of the suite');
  return real(a, b);
};
syncBuiltinESMExports();
