/** Bodies to measure with: the request examples of the document. */
import { readFileSync } from 'node:fs';
import type { AccessTokenJwtCustomizer, ClientCredentialsJwtCustomizer } from '../generated/types.d.ts';

const { components } = JSON.parse(
  readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8'),
) as { components: { examples: Record<string, { value: unknown }> } };

const exampleOf = (name: string): unknown => {
  const example = components.examples[name];
  if (example === undefined) throw new Error(`the document has no example ${name}`);
  return example.value;
};

/** Every field that a tenant knows. */
export const fullAccessToken = exampleOf('access-token-every-field') as AccessTokenJwtCustomizer;
export const fullClientCredentials = exampleOf(
  'client-credentials-every-field',
) as ClientCredentialsJwtCustomizer;

/** The script alone, as most updates are. */
export const scriptAlone = exampleOf('access-token-script-only') as AccessTokenJwtCustomizer;
