import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import type { Case, Customizers } from '../case.ts';
import { ruleOf } from '../cases.ts';
import { schemas as documented, type Schema, type Schemas } from '../document.ts';
import { expectedOf } from '../expected.ts';
import { isObject, type Json, toPointer } from '../json.ts';
import { clientCredentialsContextSince, type Release, schemasOf, visitFields } from '../releases.ts';
import { customizers } from './bodies.ts';
import type { Step } from './step.ts';

/** What a tenant makes of a request: the rule, and what it is answered by it. */
type Verdict = Pick<Case, 'rule' | 'request' | 'expect'> & { readme: string };

const missing = 'PATCH on a token type without a customizer: 404 entity.not_exists_with_id';

const verdictOf = (step: Step, given: Customizers, drops: string[]): Verdict => {
  if (step.operation === 'list')
    return {
      rule: 'list-has-what-exists',
      request: { operation: 'ListJwtCustomizers' },
      expect: { status: 200, body: 'list' },
      readme: 'The list holds what exists',
    };
  const { tokenType } = step;
  const exists = given[tokenType] !== undefined;
  const notThere = { status: 404, code: 'entity.not_exists_with_id' };
  switch (step.operation) {
    case 'get':
      return {
        rule: exists ? 'get-answers-stored' : 'missing-customizer',
        request: { operation: 'GetJwtCustomizer', tokenType },
        expect: exists ? { status: 200, body: 'stored' } : notThere,
        readme: exists ? 'What is stored comes back byte for byte' : missing,
      };
    case 'delete':
      return {
        rule: exists ? 'delete-removes' : 'missing-customizer',
        request: { operation: 'DeleteJwtCustomizer', tokenType },
        expect: exists ? { status: 204, body: 'deleted' } : { status: 404, code: 'entity.not_found' },
        readme: exists ? 'One customizer for each token type' : missing,
      };
    default: {
      const isPatch = step.operation === 'patch';
      const operation = isPatch ? 'UpdateJwtCustomizer' : 'UpsertJwtCustomizer';
      const request = { operation, tokenType, body: step.body } as const;
      if (step.isRefused)
        return {
          rule: 'body-is-guarded',
          request,
          expect: { status: 400, code: 'guard.invalid_input' },
          readme: 'Body errors (400) come before existence (404)',
        };
      if (isPatch && !exists)
        return { rule: 'missing-customizer', request, expect: notThere, readme: missing };
      return {
        rule: isPatch ? 'patch-merges' : 'put-replaces',
        request,
        expect: {
          status: isPatch || exists ? 200 : 201,
          body: isPatch ? 'merged' : 'replaced',
          ...(drops.length > 0 && { drops }),
        },
        readme: isPatch ? 'what is sent replaces the stored field whole' : 'PUT replaces everything',
      };
    }
  }
};

/** What a schema says of the fields of a body. */
const read = (schemas: Schemas, tokenType: TokenType, body: Json): { unknown: string[]; since: string[] } => {
  const [unknown, since]: [string[], string[]] = [[], []];
  visitFields(schemas, schemas[customizers[tokenType].schema] as Schema, body, {
    unknown: (path) => unknown.push(toPointer(path)),
    since: (release) => since.push(release),
  });
  return { unknown, since };
};

const latest = (releases: readonly string[]): string | undefined => {
  const minors = releases.map((release) => Number(release.split('.')[1]));
  return minors.length === 0 ? undefined : `1.${Math.max(...minors)}`;
};

/** Where a response holds what a release before 1.37 kept, although the document does not know it. */
const undocumentedIn = (contract: Case): string[] => {
  const { body } = expectedOf(contract);
  const unknown = (customizer: Json | undefined, pointer: string): string[] =>
    read(documented, 'client-credentials', customizer ?? null).unknown.map((path) => pointer + path);
  if (Array.isArray(body))
    return body.flatMap((item, index) =>
      isObject(item) && item['key'] === 'jwt.clientCredentials'
        ? unknown(item['value'], `/${index}/value`)
        : [],
    );
  return contract.request.tokenType === 'client-credentials' ? unknown(body, '') : [];
};

/**
 * Makes cases of the steps of a sequence: what the model has stored, the request, and what follows by rule.
 *
 * @param origin For the cases' names, so that a file can hold several.
 */
export const createAsCase = (
  release: Release,
  origin: string,
): ((step: Step, given: Customizers) => Case) => {
  const schemas = schemasOf(release);
  const isAnyContext = !release.has(clientCredentialsContextSince);
  return (step, given) => {
    const drops = 'body' in step ? read(schemas, step.tokenType, step.body).unknown : [];
    const bodies: [TokenType, Json][] = tokenTypes.flatMap((tokenType) => {
      const stored = given[tokenType];
      return stored === undefined ? [] : [[tokenType, stored]];
    });
    if ('body' in step) bodies.push([step.tokenType, step.body]);
    const since = bodies.flatMap(([tokenType, body]) => read(documented, tokenType, body).since);
    const hasContext = bodies.some(
      ([tokenType, body]) => tokenType === 'client-credentials' && isObject(body) && 'contextSample' in body,
    );
    if (hasContext && !isAnyContext) since.push(clientCredentialsContextSince);
    const first = latest(since);
    const { readme, ...verdict } = verdictOf(step, given, drops);
    const contract: Case = {
      name: `${ruleOf(verdict.rule)?.title} (${origin})`,
      group: 'fuzz',
      given,
      ...verdict,
      ...(first !== undefined && { since: first }),
      ...(hasContext && isAnyContext && { before: clientCredentialsContextSince }),
      evidence: { readme },
    };
    const undocumented = hasContext && isAnyContext ? undocumentedIn(contract) : [];
    return undocumented.length === 0
      ? contract
      : { ...contract, expect: { ...contract.expect, undocumented } };
  };
};
