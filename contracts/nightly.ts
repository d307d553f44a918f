/** Whether `npm run ci:nightly` runs, which tests everything that the gate only samples. */
export const isNightly = process.env['NIGHTLY'] === '1';
