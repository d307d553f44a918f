/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
/** The newest release of Logto that the document describes. */
export declare const newestRelease: string;
