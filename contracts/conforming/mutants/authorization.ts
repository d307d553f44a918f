import type { TenantRequest } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';
import { byWrap, inArea, type Mutant } from './mutant.ts';

/** Does what these requests ask for, whoever asks with this. */
const letting =
  (isMeant: (request: TenantRequest) => boolean, authorization: string | undefined) =>
  (tenant: ConformingTenant): Hook =>
  (request, next) =>
    isMeant(request) && request.headers['authorization'] === authorization
      ? tenant.handle({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${tenant.tokens.issue(['all'])}` },
        })
      : next();

const customizers = '/api/configs/jwt-customizer';
const isList = ({ path }: TenantRequest): boolean => path === customizers;
const isTest = ({ path }: TenantRequest): boolean => path === `${customizers}/test`;
const isItem =
  (method: string) =>
  (request: TenantRequest): boolean =>
    request.method === method && !isList(request) && !isTest(request);

const operations = [
  ['GET', isItem('GET')],
  ['PATCH', isItem('PATCH')],
  ['PUT', isItem('PUT')],
  ['DELETE', isItem('DELETE')],
  ['the list', isList],
  ['POST /test', isTest],
] as const;

export const authorization: Mutant[] = inArea(
  'authorization',
  operations.flatMap(([name, isMeant]) => [
    ...byWrap('token-required', {
      [`${name} takes any bearer token`]: letting(isMeant, 'Bearer garbage'),
      [`${name} is open to everybody`]: letting(isMeant, undefined),
    }),
    ...byWrap('permission-required', {
      [`${name} needs no permission`]:
        (tenant: ConformingTenant): Hook =>
        (request, next) => {
          const token = request.headers['authorization']?.slice('Bearer '.length) ?? '';
          const isKnown = tenant.tokens.scopesOf(token)?.length === 0;
          return isKnown ? letting(isMeant, `Bearer ${token}`)(tenant)(request, next) : next();
        },
    }),
  ]),
);
