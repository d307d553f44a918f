import type { Case } from '../case.ts';
import { operationsById } from '../document.ts';
import { bodyOf } from '../expected.ts';
import type { Kind } from './files.ts';
import type { RecordedLine } from './line.ts';

/** The Management API of every self-hosted tenant. */
const resource = 'https://default.logto.app/api';

/** The case's request in the words of a recording, long texts written out. Credentials stay placeholders. */
export const recordedRequest = (contract: Case, kind: Kind): RecordedLine['request'] => {
  const { request } = contract;
  const operation = operationsById[request.operation];
  const method = request.method ?? operation.method;
  const path = operation.path.replace('{tokenTypePath}', request.tokenType ?? '');
  if (request.form !== undefined)
    return {
      method,
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      form: {
        ...request.form,
        ...(request.form['resource'] === '<resource>' && { resource }),
      },
    };
  const body = bodyOf(contract);
  const raw = request.raw ?? (request.bytes === undefined ? undefined : JSON.stringify(body));
  return {
    method,
    path,
    ...(kind === 'exchanges' && { auth: request.authorization ?? 'good' }),
    ...(request.headers && { headers: request.headers }),
    ...(raw === undefined ? body !== undefined && { body } : { raw }),
  };
};
