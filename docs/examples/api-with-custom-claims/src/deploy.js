import { fileURLToPath } from 'node:url';
import { build } from 'logto-jwt-customizer/claims';

const file = fileURLToPath(new URL('../claims/client-credentials.ts', import.meta.url));

/**
 * Stores the script of `claims/`, with the plan of each application.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 * @param {Record<string, string>} plans by client id
 */
export const deploy = async (customizers, plans) => {
  const customizer = { script: await build(file), environmentVariables: { PLANS: JSON.stringify(plans) } };
  return customizers.put('client-credentials', customizer).withResponse();
};
