import type { Target } from '../call/budget.ts';
import type { Answer } from '../call/exchange.ts';
import { MissingRoleError } from '../errors/missing-role.ts';
import { TokenRefusedError } from '../errors/token-refused.ts';
import { fieldOf } from './api.ts';

const reasonOf = (error: string | undefined, { status, contentType }: Answer, resource: string): string => {
  switch (error) {
    case 'invalid_client':
      return (
        'the tenant does not accept the options `clientId` and `clientSecret`: ' +
        "copy both from the machine-to-machine application in Logto's Console."
      );
    case 'invalid_target':
      return (
        `the tenant does not know the resource ${resource}. Set the option \`resource\` to the indicator of its ` +
        'Management API; on Logto Cloud behind a custom domain that is https://<tenant id>.logto.app/api.'
      );
    case undefined:
      return status === 404
        ? 'no Logto answers at this endpoint: check the option `endpoint`.'
        : `the answer is not Logto's JSON (content type: ${contentType ?? 'none'}); a proxy may have sent it.`;
    default:
      return 'see `errorDescription`.';
  }
};

/** A refused token request as an error. `secrets` are kept out of it, wherever the answer repeats them. */
export const tokenRefusalOf = (
  { method, path }: Target,
  answer: Answer,
  resource: string,
  secrets: readonly string[],
): TokenRefusedError => {
  const error = fieldOf(answer.body, 'error', secrets);
  const code = fieldOf(answer.body, 'code', secrets);
  return new TokenRefusedError(
    `POST /oidc/token was refused with ${answer.status}${error === undefined ? '' : ` ${error}`}: ` +
      reasonOf(error, answer, resource),
    {
      method,
      path,
      status: answer.status,
      requestId: answer.requestId,
      retryAfter: answer.retryAfter,
      code,
      error,
      errorDescription: fieldOf(answer.body, 'error_description', secrets),
    },
  );
};

/** A token without the permission of the Management API, as an error. */
export const missingRole = (resource: string): MissingRoleError =>
  new MissingRoleError(
    `The tenant granted a token for ${resource} without the permission \`all\`. ` +
      "In Logto's Console, assign the machine-to-machine application of the option `clientId` a role " +
      'that has the permission `all` of the Management API.',
    { resource },
  );
