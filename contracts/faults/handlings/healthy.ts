/** Calls to a server that does everything right. A client that fails here was not mutated but broken. */
import type { Fault } from '../fault.ts';
import { json, noContent } from '../http.ts';
import {
  before,
  claims,
  configs,
  get,
  granted,
  holdsBefore,
  holdsOurs,
  list,
  listed,
  ours,
  put,
  remove,
  test,
  update,
} from '../subjects.ts';

const healthy = (name: string, further: Pick<Fault, 'api' | 'call' | 'expects' | 'requests'>): Fault => ({
  name: `A healthy server: ${name}`,
  credentials: true,
  token: [granted()],
  handling: 'none',
  ...further,
});

export const healthyCalls: readonly Fault[] = [
  healthy('list', { api: [listed], call: list, expects: { value: configs }, requests: 'token GET' }),
  healthy('get', { api: [holdsBefore], call: get, expects: { value: before }, requests: 'token GET' }),
  healthy('put', { api: [holdsOurs], call: put, expects: { value: ours }, requests: 'token PUT' }),
  healthy('update', {
    api: [json(200, { ...before, script: ours.script })],
    call: update,
    expects: { value: { ...before, script: ours.script } },
    requests: 'token PATCH',
  }),
  healthy('delete', {
    api: [noContent],
    call: remove,
    expects: { value: undefined },
    requests: 'token DELETE',
  }),
  healthy('test', {
    api: [json(200, claims)],
    call: test,
    expects: { value: claims },
    requests: 'token POST',
  }),
];
