import { InvalidOptionError } from '../client/errors.ts';
import { isRecord, pointerTo } from '../client/json.ts';
import { type BodyGuards, completeUser, type TenantOrganization, type TenantUser } from '../tenant/index.ts';

const organizationFields = ['id', 'name', 'description', 'customData', 'roles', 'applications'];

const checkList = (option: string, list: unknown): readonly Record<string, unknown>[] => {
  if (!Array.isArray(list) || !list.every(isRecord))
    throw new InvalidOptionError(option, `must be a list of ${option}, each an object with an id`);
  list.forEach(({ id }, index) => {
    if (typeof id !== 'string' || id === '')
      throw new InvalidOptionError(option, `/${index}/id: must be a string that is not empty`);
    if (list.findIndex((one) => one['id'] === id) !== index)
      throw new InvalidOptionError(option, `/${index}/id: another one has the id ${JSON.stringify(id)}`);
  });
  return list;
};

/**
 * Validates users as a tenant validates `context.user`.
 *
 * @throws {Error} an `InvalidOptionError`: what is wrong, and where (JSON Pointer)
 */
export const checkUsers = (users: unknown, { customizers }: BodyGuards): readonly TenantUser[] => {
  checkList('users', users).forEach((user, index) => {
    const complete = completeUser(user as unknown as TenantUser);
    const result = customizers['access-token']({ script: '', contextSample: { user: complete } });
    if (!result.success) {
      const [{ path, message } = { path: [], message: 'nested too deep' }] = result.issues;
      const pointer = [index, ...path.slice(2)].reduce<string>(pointerTo, '');
      throw new InvalidOptionError('users', `${pointer}: ${message}`);
    }
    const { contextSample } = result.data as { contextSample: { user: object } };
    const unknown = Object.keys(user).find((key) => !Object.hasOwn(contextSample.user, key));
    if (unknown !== undefined)
      throw new InvalidOptionError(
        'users',
        `${pointerTo(`/${index}`, unknown)}: is no field of context.user`,
      );
  });
  return users as readonly TenantUser[];
};

/** @throws {Error} an `InvalidOptionError`: what is wrong, and where (JSON Pointer) */
export const checkOrganizations = (organizations: unknown): readonly TenantOrganization[] => {
  checkList('organizations', organizations).forEach((organization, index) => {
    const unknown = Object.keys(organization).find((key) => !organizationFields.includes(key));
    if (unknown !== undefined)
      throw new InvalidOptionError(
        'organizations',
        `${pointerTo(`/${index}`, unknown)}: is no field that the mock has; those are ${organizationFields.join(', ')}`,
      );
  });
  return organizations as readonly TenantOrganization[];
};
