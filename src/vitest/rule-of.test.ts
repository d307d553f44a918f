import { expect, test } from 'vitest';
import { type Finding, loadCases, type OperationId, operationsById, rules } from '../contract/index.ts';
import { ruleOfFinding, rulesByStatus } from './rule-of.ts';

const cases = loadCases();
const statuses = Object.values(operationsById).flatMap(({ id, object }) =>
  Object.keys(object.responses).map((status): [OperationId, number] => [id, Number(status)]),
);

test('exactly the documented statuses have a rule', () => {
  const listed = Object.entries(rulesByStatus).flatMap(([id, byStatus]) =>
    Object.keys(byStatus).map((status) => [id, Number(status)]),
  );
  expect(listed.map(String).sort()).toEqual(statuses.map(String).sort());
  expect(statuses.length).toBeGreaterThan(30);
});

test.each(statuses)('%s %i: a case shows that rule with that status', (operation, status) => {
  const rule = rulesByStatus[operation][status];
  const shown = cases.filter(
    ({ request, expect }) => request.operation === operation && expect.status === status,
  );
  expect(shown.map((contract) => contract.rule)).toContain(rule);
});

const schema = (pointer: string, keyword: string): Finding => ({
  check: 'schema',
  message: '',
  violates: { pointer, keyword },
});

test.each<[OperationId, number, Finding, string]>([
  ['UpdateJwtCustomizer', 200, schema('/tokenSample/kind', 'const'), 'kind-tells-the-type'],
  ['ListJwtCustomizers', 200, schema('/1/value/tokenSample/kind', 'const'), 'kind-tells-the-type'],
  ['UpsertJwtCustomizer', 201, schema('/updatedAt', 'additionalProperties'), 'objects-are-closed'],
  ['ListJwtCustomizers', 200, schema('/0/value/tokenSample/x', 'additionalProperties'), 'objects-are-closed'],
  [
    'GetJwtCustomizer',
    200,
    schema('/contextSample/user/x', 'additionalProperties'),
    'unknown-context-dropped',
  ],
  ['GetJwtCustomizer', 200, schema('/tokenSample/jti', 'maxLength'), 'lengths-in-utf16'],
  ['GetJwtCustomizer', 200, schema('/script', 'pattern'), 'storage-limits'],
  ['GetJwtCustomizer', 200, schema('/script', 'required'), 'get-answers-stored'],
  ['ListJwtCustomizers', 200, schema('/0/key', 'enum'), 'list-has-what-exists'],
  ['UpdateJwtCustomizer', 400, schema('/x', 'additionalProperties'), 'body-is-guarded'],
  ['TestJwtCustomizer', 400, schema('/x', 'additionalProperties'), 'test-body-is-flat'],
  ['UpdateJwtCustomizer', 404, schema('', 'const'), 'body-limit'],
  ['UpdateJwtCustomizer', 404, schema('/code', 'required'), 'missing-customizer'],
  ['UpdateJwtCustomizer', 405, schema('', 'const'), 'method-not-allowed'],
  ['GetJwtCustomizer', 200, { check: 'content type', message: '' }, 'content-types'],
  ['GetJwtCustomizer', 200, { check: 'header', message: '', missing: 'etag' }, 'etags-guard-nothing'],
  ['GetJwtCustomizer', 404, { check: 'header', message: '', missing: 'logto-core-request-id' }, 'request-id'],
  ['UpdateJwtCustomizer', 405, { check: 'header', message: '', missing: 'allow' }, 'method-not-allowed'],
  ['DeleteJwtCustomizer', 204, { check: 'body', message: '' }, 'delete-removes'],
  ['ListJwtCustomizers', 405, { check: 'status', message: '' }, 'method-not-allowed'],
  ['UpdateJwtCustomizer', 418, { check: 'status', message: '' }, 'patch-merges'],
])('%s %i %j is about %s', (operation, status, finding, rule) => {
  expect(ruleOfFinding(operation, status, finding)).toBe(rule);
  expect(rules).toHaveProperty(rule);
});
