/* Made by `npm run regenerate` from package.json. Do not edit. */
export declare const version: string;
