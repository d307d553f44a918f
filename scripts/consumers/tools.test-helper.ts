import { join } from 'node:path';
import { installBeside } from '../install.ts';

/** The path of a file in a package of `scripts/consumers/package.json`. */
export const toolPath = (path: string): string => join(import.meta.dirname, 'node_modules', path);

const script = 'const getCustomJwtClaims = async () => ({ plan: 1 });';
const stored = { script, environmentVariables: { PLAN: 'größer' } };
const notFound = {
  name: 'RequestRefusedError',
  status: 404,
  code: 'entity.not_exists_with_id',
  pointers: [],
};

/** What `exercise` returns in every runtime. */
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

/** Checks that every operation reached the tenant, so that the results are real. */
export const everyOperation = { list: 2, get: 3, put: 1, patch: 2, delete: 1, test: 1 };

/** Vitest's global setup. Installs the dependencies of `package.json` in this folder: some 800 MB, only for these tests. */
export default (): Promise<void> => installBeside(import.meta.dirname);
