/**
 * The development toolchain runs on Node 24, which `npm ci` brings along as the package `node`. Its install script may
 * have been kept from running; then npm scripts silently get the machine's own Node.
 */
const wanted = 24;
const found = Number(process.versions.node.split('.')[0]);
if (found !== wanted) {
  console.error(
    `This project's tools run on Node ${wanted}; this is ${process.version}. Install with scripts allowed (npm ci, without --ignore-scripts): the package "node" brings it.`,
  );
  process.exit(1);
}
console.log(`Node ${process.version}`);
