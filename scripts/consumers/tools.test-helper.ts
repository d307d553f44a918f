import { join } from 'node:path';
import { installBeside } from '../install.ts';

/** A file of a package that `scripts/consumers/package.json` names. */
export const toolPath = (path: string): string => join(import.meta.dirname, 'node_modules', path);

const script = 'const getCustomJwtClaims = async () => ({ plan: 1 });';
const stored = { script, environmentVariables: { PLAN: 'größer' } };
const notFound = {
  name: 'RequestRefusedError',
  status: 404,
  code: 'entity.not_exists_with_id',
  pointers: [],
};

/** What `exercise` answers wherever it runs. */
export const expected = {
  before: [],
  put: { ...stored, script: '' },
  updated: stored,
  read: stored,
  hasRequestId: true,
  listed: [{ key: 'jwt.accessToken', value: stored }],
  claims: { plan: 1 },
  dropped: ['/contextSample/user/nickName'],
  conflict: { name: 'ConflictError', pointers: [] },
  absent: null,
  missing: notFound,
  refusedUnsent: { name: 'InvalidRequestError', pointers: ['/script'] },
};

/** Every operation reached the tenant: what came back is not made up. */
export const everyOperation = { list: 2, get: 3, put: 1, patch: 2, delete: 1, test: 1 };

/** vitest's global setup. Installs what `package.json` names here: some 800 MB, so only these tests have it. */
export default (): Promise<void> => installBeside(import.meta.dirname);
