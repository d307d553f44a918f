import type { Answer, Fault } from '../fault.ts';
import { redirect } from '../http.ts';
import { fault, put } from '../subjects.ts';

const path = '/api/configs/jwt-customizer';
const loop: Answer = (request) => redirect(302, request.path);
const away =
  (status: number): Answer =>
  (request, { elsewhere }) =>
    redirect(status, `${elsewhere}${request.path}`);

/** The server beside this one must never be asked for anything: `judge.ts` holds every fault to that. */
export const redirects: readonly Fault[] = [
  fault('A redirect that leads to itself is not followed', 'GET', 'redirects-are-not-followed', {
    api: [loop],
    expects: { fails: 'UnexpectedAnswerError', status: 302, method: 'GET', path },
  }),
  ...[301, 302, 303, 307, 308].map(
    (status): Fault =>
      fault(
        `A ${status} to another origin does not take the access token there`,
        'GET',
        'redirects-are-not-followed',
        { api: [away(status)], expects: { fails: 'UnexpectedAnswerError', status } },
      ),
  ),
  fault(
    'A 307 to another origin does not take a write and its environment variables there',
    'PUT',
    'redirects-are-not-followed',
    { api: [away(307)], call: put, expects: { fails: 'UnexpectedAnswerError', status: 307, method: 'PUT' } },
  ),
  fault(
    'A token endpoint that redirects to another origin does not take the client secret there',
    'token',
    'redirects-are-not-followed',
    {
      credentials: true,
      token: [away(307)],
      expects: { fails: 'UnexpectedAnswerError', status: 307, method: 'POST', path: '/oidc/token' },
    },
  ),
];
