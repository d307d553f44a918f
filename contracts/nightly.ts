/** Whether `npm run ci:nightly` runs: then everything that the gate samples is tried. */
export const isNightly = process.env['NIGHTLY'] === '1';
