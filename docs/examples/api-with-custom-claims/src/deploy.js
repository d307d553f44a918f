import { fileURLToPath } from 'node:url';
import { build } from 'logto-jwt-customizer/claims';

/** @param {string} name */
const scriptOf = (name) => build(fileURLToPath(new URL(`../claims/${name}.ts`, import.meta.url)));

/**
 * Stores the script for tokens of users.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 */
export const deployForUsers = async (customizers) =>
  customizers.put('access-token', { script: await scriptOf('access-token') });

/**
 * Stores the script for tokens of applications, with the plan of each.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 * @param {Record<string, string>} plans by client id
 */
export const deploy = async (customizers, plans) => {
  const script = await scriptOf('client-credentials');
  const customizer = { script, environmentVariables: { PLANS: JSON.stringify(plans) } };
  return customizers.put('client-credentials', customizer).withResponse();
};
