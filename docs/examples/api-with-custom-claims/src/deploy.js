import { readFile } from 'node:fs/promises';

/** @param {string} name */
const read = (name) => readFile(new URL(`../customizers/${name}.js`, import.meta.url), 'utf8');

/**
 * Stores the customizer of users, whose plan is in their custom data.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 */
export const deployForUsers = async (customizers) =>
  customizers.put('access-token', { script: await read('access-token') });

/**
 * Stores the customizer of applications in `customizers/`, with the plan of each application.
 *
 * @param {import('logto-jwt-customizer').JwtCustomizerClient} customizers
 * @param {Record<string, string>} plans by client id
 */
export const deploy = async (customizers, plans) => {
  const script = await read('client-credentials');
  const customizer = { script, environmentVariables: { PLANS: JSON.stringify(plans) } };
  return customizers.put('client-credentials', customizer).withResponse();
};
