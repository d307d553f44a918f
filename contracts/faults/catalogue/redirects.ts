import type { Answer, Fault } from '../fault.ts';
import { redirect } from '../http.ts';
import { list, put } from '../subjects.ts';

const path = '/api/configs/jwt-customizer';
const loop: Answer = (request) => redirect(302, request.path);
const away =
  (status: number): Answer =>
  (request, { elsewhere }) =>
    redirect(status, `${elsewhere}${request.path}`);

/** The server beside this one must never be asked for anything: `judge.ts` holds every fault to that. */
export const redirects: readonly Fault[] = [
  {
    name: 'A redirect that leads to itself is not followed',
    api: [loop],
    call: list,
    expects: { fails: 'UnexpectedResponseError', status: 302, method: 'GET', path },
    requests: 'GET',
    handling: 'redirects-are-not-followed',
  },
  ...[301, 302, 303, 307, 308].map(
    (status): Fault => ({
      name: `A ${status} to another origin does not take the access token there`,
      api: [away(status)],
      call: list,
      expects: { fails: 'UnexpectedResponseError', status },
      requests: 'GET',
      handling: 'redirects-are-not-followed',
    }),
  ),
  {
    name: 'A 307 to another origin does not take a write and its environment variables there',
    api: [away(307)],
    call: put,
    expects: { fails: 'UnexpectedResponseError', status: 307, method: 'PUT' },
    requests: 'PUT',
    handling: 'redirects-are-not-followed',
  },
  {
    name: 'A token endpoint that redirects to another origin does not take the client secret there',
    credentials: true,
    token: [away(307)],
    call: list,
    expects: { fails: 'UnexpectedResponseError', status: 307, method: 'POST', path: '/oidc/token' },
    requests: 'token',
    handling: 'redirects-are-not-followed',
  },
];
