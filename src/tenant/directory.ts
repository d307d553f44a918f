/** The users and organizations of a tenant, and what their roles grant. */
import { newestRelease } from '../../generated/newest-release.js';
import type {
  JsonObject,
  UserContext,
  UserOrganization,
  UserOrganizationRole,
  UserRole,
  UserRoleScope,
} from '../../generated/types.d.ts';
import { isBefore } from '../runner/release.ts';

/** What is listed: the name alone, or some of the fields. */
type Listed<T> = readonly (string | Partial<T>)[];

/** A user, in the shape in which scripts get it as `context.user`. What is left out is completed. */
export interface TenantUser
  extends Omit<UserContext, 'id' | 'roles' | 'organizations' | 'organizationRoles'> {
  /** At most 12 characters, as in a tenant. */
  id: string;
  /**
   * With the permissions (`scopes`) of APIs. A role or permission may be its name alone.
   * @default none, and every scope of `resources` that is asked for is granted
   */
  roles?: Listed<Omit<UserRole, 'scopes'> & { scopes: Listed<UserRoleScope> }>;
  /** Those that the user is a member of. A string is the id of one. */
  organizations?: Listed<UserOrganization>;
  /** A string is the name of a role in the first of `organizations`. */
  organizationRoles?: Listed<UserOrganizationRole>;
}

/** A role in an organization. */
export interface TenantOrganizationRole {
  name: string;
  /** Permissions in the organization. */
  scopes?: readonly string[];
  /** Permissions of APIs, by resource indicator. */
  resourceScopes?: Readonly<Record<string, readonly string[]>>;
}

/** An organization. Its members are named by the users, in `organizations`. */
export interface TenantOrganization {
  id: string;
  /** @default the id */
  name?: string;
  /** @default null */
  description?: string | null;
  /** @default {} */
  customData?: JsonObject;
  /**
   * The roles that members can have here.
   * @default none, and every scope that is asked for is granted
   */
  roles?: readonly TenantOrganizationRole[];
  /** The machine-to-machine applications that are members: an id, or with the names of roles. */
  applications?: readonly (string | { id: string; roles?: readonly string[] })[];
}

type Organization = Required<Omit<TenantOrganization, 'roles' | 'applications'>> &
  Pick<TenantOrganization, 'roles' | 'applications'>;

/** Scopes of OpenID Connect and Logto's own, which no resource has, in the order in which Logto lists them. */
export const oidcScopes = (release: string): readonly string[] => [
  ...['openid', 'offline_access', 'profile', 'email', 'phone', 'address'],
  ...['custom_data', 'identities', 'roles'],
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
  ...(isBefore(release, '1.42') ? [] : ['urn:logto:scope:sessions']),
  ...(isBefore(release, '1.43') ? [] : ['urn:logto:scope:trusted_devices']),
];

const fieldsOf = <T>(item: string | Partial<T>, name: keyof T): Partial<T> =>
  typeof item === 'string' ? ({ [name]: item } as unknown as Partial<T>) : item;

/**
 * @param indicator - of the API whose permissions are named without one
 */
export const createDirectory = (
  release: string,
  organizations: readonly TenantOrganization[],
  indicator = 'https://api.example.com',
) => {
  const now = Date.now();
  const known = new Map<string, Organization>();
  const users = new Map<string, { given: TenantUser; context: UserContext & { id: string } }>();

  const addOrganization = (given: TenantOrganization): Organization => {
    const { id, name = id, description = null, customData = {}, ...others } = given;
    const organization = { id, name, description, customData, ...others };
    known.set(id, organization);
    return organization;
  };
  for (const organization of organizations) addOrganization(organization);

  const completeScope = (item: string | Partial<UserRoleScope>, index: number): UserRoleScope => {
    const { name = 'scope', ...given } = fieldsOf(item, 'name');
    const resource = { id: 'api', name: 'API', indicator, isDefault: false, accessTokenTtl: 3600 };
    return {
      id: `scope-${index + 1}`,
      name,
      description: null,
      resourceId: given.resource?.id ?? resource.id,
      ...given,
      resource: { tenantId: 'default', ...resource, ...given.resource },
    };
  };
  const completeRole = (item: NonNullable<TenantUser['roles']>[number], index: number): UserRole => {
    const { name = 'role', scopes = [], ...given } = fieldsOf(item, 'name');
    const complete = { id: `role-${index + 1}`, name, description: name, ...given };
    return { ...complete, scopes: scopes.map(completeScope) };
  };
  const completeOrganization = (item: string | Partial<UserOrganization>): UserOrganization => {
    const given = fieldsOf<UserOrganization>(item, 'id');
    const id = given.id ?? given.name ?? 'organization';
    const named = [...known.values()].find((one) => one.id === id || one.name === id);
    const { name, description, id: own } = named ?? addOrganization({ ...given, id });
    return { id: own, name, description, ...given };
  };

  /** In the order in which a tenant has the fields (contracts/recordings/user-tokens.jsonl, "the script echoes"). */
  const completeUser = (user: TenantUser): UserContext & { id: string } => {
    const { id, roles = [], organizations: memberships = [], organizationRoles = [], ...given } = user;
    const member = memberships.map(completeOrganization);
    return {
      id,
      username: null,
      primaryEmail: null,
      primaryPhone: null,
      name: null,
      avatar: null,
      customData: {},
      identities: {},
      lastSignInAt: null,
      createdAt: now,
      updatedAt: now,
      profile: {},
      applicationId: null,
      ...(!isBefore(release, '1.43') && { cimdClientId: null }),
      isSuspended: false,
      hasPassword: false,
      ssoIdentities: [],
      mfaVerificationFactors: [],
      ...given,
      roles: roles.map(completeRole),
      organizations: member,
      organizationRoles: organizationRoles.map((item, index) => {
        const { roleName = 'role', ...own } = fieldsOf<UserOrganizationRole>(item, 'roleName');
        return {
          organizationId: member[0]?.id ?? 'organization',
          roleId: `organization-role-${index + 1}`,
          roleName,
          ...own,
        };
      }),
    };
  };

  const isOidc = new Set(oidcScopes(release));
  const rolesIn = (organization: Organization, names: readonly string[]): readonly TenantOrganizationRole[] =>
    (organization.roles ?? []).filter(({ name }) => names.includes(name));
  const roleNames = (context: UserContext, { id }: Organization): string[] =>
    (context.organizationRoles ?? [])
      .filter(({ organizationId }) => organizationId === id)
      .map(({ roleName }) => roleName);
  const membershipOf = (application: string, { applications = [] }: Organization) =>
    applications.find((one) => (typeof one === 'string' ? one : one.id) === application);
  const namesOf = (membership: ReturnType<typeof membershipOf>): readonly string[] =>
    typeof membership === 'object' ? (membership.roles ?? []) : [];

  /** Of the scopes that are asked for those that `isGranted` names, each once and in that order. */
  const granted = (asked: readonly string[], isGranted: (scope: string) => boolean): string[] =>
    [...new Set(asked)].filter((scope) => !isOidc.has(scope) && isGranted(scope));

  return {
    /** Replaces the user with this id, if there is one. */
    addUser: (given: TenantUser): UserContext & { id: string } => {
      const context = completeUser(given);
      users.set(given.id, { given, context });
      return context;
    },
    completeUser,
    user: (id: string) => users.get(id)?.context,
    organization: (id: string) => known.get(id),
    isMember: (user: UserContext, organization: Organization): boolean =>
      (user.organizations ?? []).some(({ id }) => id === organization.id),
    hasApplication: (id: string, organization: Organization): boolean =>
      membershipOf(id, organization) !== undefined,
    /** Resources that the roles of users name, with the seconds for which their tokens live. */
    resource: (wanted: string) =>
      [...users.values()]
        .flatMap(({ context }) => context.roles ?? [])
        .flatMap(({ scopes }) => scopes)
        .find(({ resource }) => resource.indicator === wanted)?.resource,
    /** The scopes of a resource, by the user's own roles and those in the organization, or without one in any. */
    userScopes: (
      id: string,
      asked: readonly string[],
      resource: string,
      isManagement: boolean,
      organization?: Organization,
    ): string[] => {
      const user = users.get(id);
      if (user === undefined) return [];
      const { given, context } = user;
      if (given.roles === undefined && !isManagement) return granted(asked, () => true);
      const own = (context.roles ?? []).flatMap(({ scopes }) =>
        scopes.filter((scope) => scope.resource.indicator === resource).map(({ name }) => name),
      );
      const within = organization === undefined ? [...known.values()] : [organization];
      const others = within.flatMap((one) =>
        rolesIn(one, roleNames(context, one)).flatMap((role) => role.resourceScopes?.[resource] ?? []),
      );
      return granted(asked, (scope) => own.includes(scope) || others.includes(scope));
    },
    userOrganizationScopes: (
      user: UserContext,
      asked: readonly string[],
      organization: Organization,
    ): string[] => {
      const scopes = rolesIn(organization, roleNames(user, organization)).flatMap(
        (role) => role.scopes ?? [],
      );
      return granted(asked, (scope) => organization.roles === undefined || scopes.includes(scope));
    },
    /** With a resource its scopes, without one those in the organization. */
    applicationScopes: (
      id: string,
      asked: readonly string[],
      organization: Organization,
      resource: string | undefined,
      isManagement: boolean,
    ): string[] => {
      const roles = rolesIn(organization, namesOf(membershipOf(id, organization)));
      const scopes = roles.flatMap((role) =>
        resource === undefined ? (role.scopes ?? []) : (role.resourceScopes?.[resource] ?? []),
      );
      return granted(
        asked,
        (scope) => (organization.roles === undefined && !isManagement) || scopes.includes(scope),
      );
    },
    /** For the reserved resource of organizations: the scopes that some organization has, whatever the roles. */
    anyOrganizationScopes: (asked: readonly string[]): string[] => {
      const all = [...known.values()];
      const scopes = all.flatMap(({ roles = [] }) => roles.flatMap((role) => role.scopes ?? []));
      return granted(
        asked,
        (scope) => all.some(({ roles }) => roles === undefined) || scopes.includes(scope),
      );
    },
  };
};

/** A user as scripts get it, in no tenant: of the fields of the newest release. */
export const completeUser = (user: TenantUser): UserContext =>
  createDirectory(newestRelease, []).completeUser(user);

export type Directory = ReturnType<typeof createDirectory>;
