import { pointerTo } from '../client/json.ts';
import { oneLine, type TenantResponse } from '../tenant/index.ts';

interface Body {
  code?: string;
  message?: string;
  error_description?: string;
  data?: { code?: string; issues?: { path: (string | number)[]; code: string }[] };
}

/** How many places are named. */
const named = 5;

/** Of those that are no error of V8, which quotes the body. */
const ownWords = /^(The model of a tenant|Object contains|invalid JSON, only)/;

const ofBody = (
  status: number,
  { code, message = '', error_description: description, data }: Body,
): string => {
  if (code === undefined) return ownWords.test(message) ? message : 'the body is not JSON';
  if (code === 'jwt_customizer.general') return status === 403 ? 'the script denied' : 'the script failed';
  if (code === 'oidc.access_denied' && status === 400) return 'the script denied the token';
  // A client that mixes id and secret up sends the secret as its id.
  if (description !== undefined) return description.replace(/^invalid client .*/s, 'invalid client');
  const issues = (data?.issues ?? [])
    .slice(0, named)
    .map((issue) => `${issue.path.reduce<string>(pointerTo, '') || 'the body'} ${issue.code}`);
  return [code, ...(data?.code === undefined ? [] : [data.code]), issues.join(', ')]
    .filter(Boolean)
    .join(': ');
};

/** A response with the reason of a refusal for the log, in words that quote nothing of the request but names of fields. */
export const withReason = (response: TenantResponse): TenantResponse => {
  const { status, body, headers, reason } = response;
  if (status < 400 || status >= 500) return response;
  const isJson = headers['content-type']?.includes('json') && body !== '';
  const text = reason ?? (isJson ? ofBody(status, JSON.parse(body) as Body) : body);
  const line = oneLine(text);
  return line === '' ? response : { ...response, reason: line };
};
