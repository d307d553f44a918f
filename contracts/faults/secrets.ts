import { inspect } from 'node:util';
import { secrets } from './subjects.ts';

/** What an error tells that it must not, in any of the ways in which errors are logged; but for `cause`, which is others'. */
export const findSecrets = (error: Error): string[] => {
  const texts = {
    message: error.message,
    'its text': String(error),
    stack: error.stack ?? '',
    JSON: JSON.stringify(error),
    inspect: inspect(error, { depth: 20 }),
  };
  return Object.entries(texts).flatMap(([where, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret))
      .map(([name]) => `the ${where} of ${error.name} tells the ${name}`),
  );
};
