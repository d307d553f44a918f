import type { Authorization, Case } from './case.ts';
import { filledForm, wireOf } from './expected.ts';

/** The most characters of a body that are shown inline. */
const longest = 2_000;

/** Quotes for a POSIX shell, which does not interpret anything between single quotes. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The Authorization headers, with shell variables for the credentials. */
const authorizations: Record<Authorization, string | undefined> = {
  good: 'Bearer $ACCESS_TOKEN',
  noperm: 'Bearer $ACCESS_TOKEN_WITHOUT_PERMISSION',
  garbage: 'Bearer garbage',
  client: 'Basic $LOGTO_APP_ID:$LOGTO_APP_SECRET',
  none: undefined,
};

export const authorizationOf = ({ request }: Case): string | undefined =>
  authorizations[request.authorization ?? 'good'];

/** The form of a case, with shell variables for the credentials. */
export const formOf = ({ request: { form } }: Case): Record<string, string> | undefined => {
  const application = form?.['client_id'] === '<id without role>' ? '$LOGTO_NO_ROLE_APP' : '$LOGTO_APP';
  const credentials = {
    id: `${application}_ID`,
    secret: `${application}_SECRET`,
    resource: '$LOGTO_RESOURCE',
  };
  return form && filledForm(form, credentials);
};

/** A quoted argument in which the shell still expands variables of credentials. */
const argument = (name: string, value: string): string =>
  value.includes('$LOGTO_') || value.includes('$ACCESS_TOKEN')
    ? `"${name}${value}"`
    : quoted(`${name}${value}`);

const dataOf = (contract: Case): string[] => {
  const form = formOf(contract);
  if (form !== undefined)
    return Object.entries(form).map(([key, value]) => `--data-urlencode ${argument(`${key}=`, value)}`);
  const { text } = wireOf(contract);
  if (text === undefined) return [];
  const data =
    text.length > longest
      ? `--data-binary @body.json # ${Buffer.byteLength(text)} bytes: ${text.slice(0, 60)}…`
      : `--data-raw ${quoted(text)}`;
  return ["-H 'Content-Type: application/json'", data];
};

const authorized = (value: string): string =>
  value.startsWith('Basic ')
    ? `-u "${value.slice('Basic '.length)}"`
    : `-H ${argument('Authorization: ', value)}`;

/** The request of a case as a curl command, with credentials as shell variables. */
export const curlOf = (contract: Case): string => {
  const { operation, headers = {} } = contract.request;
  const { method, path } = wireOf(contract);
  const authorization = authorizationOf(contract);
  const url = `$LOGTO_ENDPOINT${path}`;
  return [
    `curl -i -X ${method} "${operation === 'RequestToken' ? `\${LOGTO_TOKEN_ENDPOINT:-${url}}` : url}"`,
    ...(authorization === undefined ? [] : [authorized(authorization)]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...dataOf(contract),
  ].join(' \\\n  ');
};
