/** The bodies that people send, by the schema that a request body has in the document, and Logto's guard of each. */

import type { Json } from '../../src/contract/json.ts';
import { storageRefuses, subjects as variants } from '../guards/subjects.ts';

export interface GuardedBody {
  schema: string;
  /** Logto's own verdict. */
  isAccepted(body: Json): boolean;
  /** Ours, of the validators as they are generated. Nothing of a union: there is one for each variant alone. */
  isValid(body: Json): boolean | undefined;
  /** Whether nothing but storage has a reason to refuse it. */
  isRefusedByStorage(body: Json): boolean;
}

const single: GuardedBody[] = variants.map(({ schema, validate, official, body: kind }) => ({
  schema,
  isAccepted: (body) => official(body).success,
  isValid: (body) => validate(body).length === 0,
  isRefusedByStorage: (body) => {
    const issues = validate(body);
    return kind === 'customizer' && issues.length > 0 && issues.every(storageRefuses);
  },
}));

const unionOf = (schema: string, part: RegExp): GuardedBody => {
  const branches = single.filter((branch) => part.test(branch.schema));
  return {
    schema,
    isAccepted: (body) => branches.some((branch) => branch.isAccepted(body)),
    isValid: () => undefined,
    isRefusedByStorage: (body) => branches.every((branch) => branch.isRefusedByStorage(body)),
  };
};

export const guardedBodies: readonly GuardedBody[] = [
  ...single,
  unionOf('JwtCustomizer', /JwtCustomizer$/),
  unionOf('JwtCustomizerTestRequest', /TestRequest$/),
];
