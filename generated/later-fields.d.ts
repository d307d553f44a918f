/* Made by `npm run generate` from openapi.yaml. Do not edit. */
/** JSON Pointers into a customizer, `*` for any index or key. */
export declare const laterFields: readonly string[];
