import type { Authorization, Case } from './case.ts';
import { wireOf } from './expected.ts';

/** Characters of a body that a person would still paste. */
const longest = 2_000;

/** For a POSIX shell, which leaves everything between single quotes alone. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const authorizations: Record<Authorization, string[]> = {
  good: ['-H "Authorization: Bearer $ACCESS_TOKEN"'],
  noperm: ['-H "Authorization: Bearer $ACCESS_TOKEN_WITHOUT_PERMISSION"'],
  garbage: ["-H 'Authorization: Bearer garbage'"],
  client: ['-u "$LOGTO_APP_ID:$LOGTO_APP_SECRET"'],
  none: [],
};

const variables: Record<string, string> = {
  '<id>': '"client_id=$LOGTO_APP_ID"',
  '<secret>': '"client_secret=$LOGTO_APP_SECRET"',
  '<resource>': '"resource=$LOGTO_RESOURCE"',
};

const variablesWithoutRole: Record<string, string> = {
  ...variables,
  '<id without role>': '"client_id=$LOGTO_NO_ROLE_APP_ID"',
  '<secret>': '"client_secret=$LOGTO_NO_ROLE_APP_SECRET"',
};

const dataOf = (contract: Case): string[] => {
  const { request } = contract;
  if (request.form !== undefined) {
    const own = request.form['client_id'] === '<id without role>' ? variablesWithoutRole : variables;
    return Object.entries(request.form).map(
      ([key, value]) => `--data-urlencode ${own[value] ?? quoted(`${key}=${value}`)}`,
    );
  }
  const { text } = wireOf(contract);
  if (text === undefined) return [];
  const data =
    text.length > longest
      ? `--data-binary @body.json # ${new TextEncoder().encode(text).length} bytes: ${text.slice(0, 60)}…`
      : `--data-raw ${quoted(text)}`;
  return ["-H 'Content-Type: application/json'", data];
};

/** The request of a case as a curl command, credentials as shell variables. */
export const curlOf = (contract: Case): string => {
  const { request } = contract;
  const { method, path } = wireOf(contract);
  const headers = Object.entries(request.headers ?? {}).map(
    ([name, value]) => `-H ${quoted(`${name}: ${value}`)}`,
  );
  const url =
    request.operation === 'RequestToken'
      ? `\${LOGTO_TOKEN_ENDPOINT:-$LOGTO_ENDPOINT${path}}`
      : `$LOGTO_ENDPOINT${path}`;
  return [
    `curl -i -X ${method} "${url}"`,
    ...authorizations[request.authorization ?? 'good'],
    ...headers,
    ...dataOf(contract),
  ].join(' \\\n  ');
};
