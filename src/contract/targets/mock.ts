import { startMock } from '../../mock/index.ts';
import type { Case } from '../case.ts';
import { firstExample } from '../document.ts';
import { newest } from '../releases.ts';
import { send } from './http.ts';
import { notOfRelease, type Target } from './target.ts';

const client = { id: 'contract', secret: 'of-the-mock-alone', resource: 'https://default.logto.app/api' };

/** The mock keeps no state: it answers by the document's examples, and of a refusal what can be told statelessly. */
const cannotShow = (contract: Case): string | undefined => {
  const { request, expect } = contract;
  if (request.authorization === 'garbage' || request.authorization === 'noperm')
    return 'the mock accepts every bearer token';
  if (request.form?.['client_id'] === '<id without role>') return "the mock's applications all have the role";
  if (request.form?.['resource']?.startsWith('https://wrong')) return 'the mock knows no resources';
  if (expect.code?.startsWith('entity.not_')) return 'the mock keeps no state: every customizer exists';
  if (
    expect.status >= 400 &&
    request.example === undefined &&
    request.operation === 'TestJwtCustomizer' &&
    ![400, 404].includes(expect.status)
  )
    return 'the mock runs no scripts: it answers the documented ones';
  if (expect.status >= 400) return undefined;
  if (request.operation === 'RequestToken') return undefined;
  const shown =
    request.body === undefined && request.bytes === undefined
      ? firstExample(request.operation, expect.status, request.tokenType)
      : request.example;
  return expect.example !== undefined && shown === expect.example
    ? undefined
    : 'the mock keeps no state and runs no scripts: the document has no example of this exchange';
};

/** Our own mock, on a free port of this machine. */
export const openMock = async (): Promise<Target> => {
  const mock = await startMock({ clients: [{ id: client.id, secret: client.secret }] });
  const target = { name: 'mock', release: newest };
  return {
    ...target,
    cannotShow: (contract) => notOfRelease(contract, target) ?? cannotShow(contract),
    prepare: (contract) => contract,
    exchange: async (contract) => ({
      ...(await send({ endpoint: mock.url, client, token: async () => 'any' }, contract)),
      after: {},
    }),
    close: () => mock.close(),
  };
};
