import { startMock } from '../../mock/index.ts';
import { senderOf } from '../environment.ts';
import type { Exchange } from '../exchange.ts';
import { newest } from '../releases.ts';
import { send } from './http.ts';
import { notOfRelease, type Target } from './target.ts';

const client = { id: 'contract', secret: 'of-the-mock-alone' };

/** Our own mock, on a free local port. Given customizers are set without a request. */
export const openMock = async (): Promise<Target> => {
  // Although a response reports 5 seconds, an endless script is detected long before.
  const mock = await startMock({ clients: [client], scriptTimeout: 500 });
  const sender = senderOf({
    LOGTO_ENDPOINT: mock.url,
    LOGTO_APP_ID: client.id,
    LOGTO_APP_SECRET: client.secret,
  });
  const target = { name: 'mock', release: newest };
  return {
    ...target,
    cannotShow: (contract) =>
      contract.request.form?.['client_id'] === '<id without role>'
        ? 'needs an application without the role'
        : notOfRelease(contract, target),
    prepare: (contract) => contract,
    exchange: async (contract) => {
      await mock.reset(contract.given as Parameters<typeof mock.reset>[0]);
      const response = await send(sender, contract);
      const after = { 'access-token': null, 'client-credentials': null, ...mock.state() };
      return { ...response, after: after as Exchange['after'] };
    },
    close: () => mock.close(),
  };
};
