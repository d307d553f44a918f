import { startMock } from '../../mock/index.ts';
import type { Case } from '../case.ts';
import { senderOf } from '../environment.ts';
import type { Exchange } from '../exchange.ts';
import { newest } from '../releases.ts';
import { send } from './http.ts';
import { notOfRelease, type Target } from './target.ts';

const client = { id: 'contract', secret: 'of-the-mock-alone' };

const cannotShow = ({ request }: Case): string | undefined =>
  request.form?.['client_id'] === '<id without role>' ? 'needs an application without the role' : undefined;

/** Our own mock, on a free port of this machine. What is given is put there without a request. */
export const openMock = async (): Promise<Target> => {
  // Whatever a response says of 5 seconds: a script that loops for ever is known to do so long before.
  const mock = await startMock({ clients: [client], scriptTimeout: 500 });
  const sender = senderOf({
    LOGTO_ENDPOINT: mock.url,
    LOGTO_APP_ID: client.id,
    LOGTO_APP_SECRET: client.secret,
  });
  const target = { name: 'mock', release: newest };
  const stored = (): Exchange['after'] => {
    const state = mock.state() as Exchange['after'];
    return { 'access-token': null, 'client-credentials': null, ...state };
  };
  return {
    ...target,
    cannotShow: (contract) => notOfRelease(contract, target) ?? cannotShow(contract),
    prepare: (contract) => contract,
    exchange: async (contract) => {
      await mock.reset(contract.given as Parameters<typeof mock.reset>[0]);
      const response = await send(sender, contract);
      return { ...response, after: stored() };
    },
    close: () => mock.close(),
  };
};
