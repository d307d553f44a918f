/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
export const newestRelease = '1.43';
