import type { Answer, Fault } from '../fault.ts';
import { redirect } from '../http.ts';
import { listing, proves, putting } from '../subjects.ts';

const path = '/api/configs/jwt-customizer';
const loop: Answer = (request) => redirect(302, request.path);
const away =
  (status: number): Answer =>
  (request, { elsewhere }) =>
    redirect(status, `${elsewhere}${request.path}`);

/** The server beside this one must never be asked for anything: `judge.ts` holds every fault to that. */
export const redirects: readonly Fault[] = [
  ...proves('redirects-are-not-followed', {
    'A redirect that leads to itself is not followed': listing('GET', [loop], {
      expects: { fails: 'UnexpectedAnswerError', status: 302, method: 'GET', path },
    }),
  }),
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    proves('redirects-are-not-followed', {
      [`A ${status} to another origin does not take the access token there`]: listing('GET', [away(status)], {
        expects: { fails: 'UnexpectedAnswerError', status },
      }),
    }),
  ),
  ...proves('redirects-are-not-followed', {
    'A 307 to another origin does not take a write and its environment variables there': putting(
      'PUT',
      [away(307)],
      { expects: { fails: 'UnexpectedAnswerError', status: 307, method: 'PUT' } },
    ),
    'A token endpoint that redirects to another origin does not take the client secret there': listing(
      'token',
      [],
      {
        credentials: true,
        token: [away(307)],
        expects: { fails: 'UnexpectedAnswerError', status: 307, method: 'POST', path: '/oidc/token' },
      },
    ),
  }),
];
