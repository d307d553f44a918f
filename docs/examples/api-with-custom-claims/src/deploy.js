import { readFile } from 'node:fs/promises';

/**
 * Stores the customizer of `customizers/`, with the plan of each application.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 * @param {Record<string, string>} plans by client id
 */
export const deploy = async (customizers, plans) => {
  const script = await readFile(new URL('../customizers/client-credentials.js', import.meta.url), 'utf8');
  const customizer = { script, environmentVariables: { PLANS: JSON.stringify(plans) } };
  return customizers.put('client-credentials', customizer).withResponse();
};
