import type { TokenType } from '../../../generated/types.d.ts';
import type { Case, Customizers } from '../case.ts';
import { ruleOf } from '../cases.ts';
import { schemas as documented, type Schemas } from '../document.ts';
import { type Json, toPointer } from '../json.ts';
import { clientCredentialsContextSince, type Release, schemasOf, visitFields } from '../releases.ts';
import { type Body, customizers } from './bodies.ts';
import type { Step } from './step.ts';

const operations = {
  put: 'UpsertJwtCustomizer',
  patch: 'UpdateJwtCustomizer',
  get: 'GetJwtCustomizer',
  delete: 'DeleteJwtCustomizer',
  list: 'ListJwtCustomizers',
} as const;

/** The rule that a step is about, what it makes of the step, and the sentence of the recordings' README. */
const ruleFor = (step: Step, exists: boolean): [rule: string, expect: Case['expect'], readme: string] => {
  const { operation } = step;
  if ('isRefused' in step)
    return [
      'body-is-guarded',
      { status: 400, code: 'guard.invalid_input' },
      'Body errors (400) come before existence (404)',
    ];
  if (operation === 'list')
    return ['list-has-what-exists', { status: 200, body: 'list' }, 'The list holds what exists'];
  if (operation === 'put')
    return ['put-replaces', { status: exists ? 200 : 201, body: 'replaced' }, 'PUT replaces everything'];
  if (!exists)
    return [
      'missing-customizer',
      { status: 404, code: operation === 'delete' ? 'entity.not_found' : 'entity.not_exists_with_id' },
      'PATCH on a token type without a customizer: 404 entity.not_exists_with_id',
    ];
  if (operation === 'delete')
    return ['delete-removes', { status: 204, body: 'deleted' }, 'One customizer for each token type'];
  return operation === 'get'
    ? ['get-answers-stored', { status: 200, body: 'stored' }, 'What is stored comes back byte for byte']
    : ['patch-merges', { status: 200, body: 'merged' }, 'what is sent replaces the stored field whole'];
};

/** What a schema says of the fields of a customizer: those that it does not know, and the releases of the others. */
const fieldsOf = (schemas: Schemas, tokenType: TokenType, customizer: Json) => {
  const [unknown, since]: [string[], string[]] = [[], []];
  visitFields(schemas, schemas[customizers[tokenType].schema] ?? {}, customizer, {
    unknown: (path) => unknown.push(toPointer(path)),
    since: (release) => since.push(release),
  });
  return { unknown, since };
};

/**
 * Makes cases of the steps of a sequence: what the model has stored, the request, and what follows by rule.
 *
 * @param origin For the cases' names, so that a file can hold several.
 */
export const createAsCase = (release: Release, origin: string) => {
  const schemas = schemasOf(release);
  return (step: Step, given: Customizers): Case => {
    const exists = 'tokenType' in step && given[step.tokenType] !== undefined;
    const [rule, expect, readme] = ruleFor(step, exists);
    const sent =
      'body' in step && expect.body !== undefined ? fieldsOf(schemas, step.tokenType, step.body) : undefined;
    const drops = sent?.unknown ?? [];
    const bodies = Object.entries(given) as [TokenType, Body][];
    if ('body' in step) bodies.push([step.tokenType, step.body]);
    const since = bodies.flatMap(([tokenType, body]) => fieldsOf(documented, tokenType, body).since);
    if (bodies.some(([tokenType, body]) => tokenType === 'client-credentials' && 'contextSample' in body))
      since.push(clientCredentialsContextSince);
    const minors = since.map((name) => Number(name.split('.')[1]));
    return {
      name: `${ruleOf(rule)?.title} (${origin})`,
      group: 'fuzz',
      rule,
      given,
      request: {
        operation: operations[step.operation],
        ...('tokenType' in step && { tokenType: step.tokenType }),
        ...('body' in step && { body: step.body }),
      },
      expect: { ...expect, ...(drops.length > 0 && { drops }) },
      ...(minors.length > 0 && { since: `1.${Math.max(...minors)}` }),
      evidence: { readme },
    };
  };
};
