import { TokenRefusedError } from './errors/token-refused.ts';
import type { Answer } from './exchange.ts';
import { fieldOf } from './refusal.ts';

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
      status: answer.status,
      code,
      error,
      errorDescription: fieldOf(answer.body, 'error_description', secrets),
    },
  );
};
