/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
export { z } from 'zod';
export declare const formats: Record<'logto-redirect-uri', (text: string) => boolean>;
