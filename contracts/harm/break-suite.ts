/** Loaded into a command's processes before anything else: a mistake of the suite's own, in each case on a tenant. */
const real = Array.prototype.toSorted;

Array.prototype.toSorted = function (this: unknown[], ...rest) {
  if (this.includes('access-token')) throw new TypeError('a mistake of the suite');
  return real.apply(this, rest);
};
