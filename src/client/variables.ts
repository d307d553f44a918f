import { isRecord } from './is-record.ts';

/** The values of environment variables, of one customizer or of each in a list. */
export const variablesIn = (body: unknown): string[] => {
  if (Array.isArray(body)) return body.flatMap(variablesIn);
  if (!isRecord(body)) return [];
  const { environmentVariables, value } = body;
  const own = isRecord(environmentVariables) ? Object.values(environmentVariables) : [];
  return [...own.filter((text) => typeof text === 'string'), ...(isRecord(value) ? variablesIn(value) : [])];
};
