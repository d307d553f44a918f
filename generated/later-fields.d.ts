/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
/** JSON Pointers into a customizer, `*` for any index or key. */
export declare const laterFields: readonly string[];
