/** Complete samples of what scripts receive, from the few fields that a test is about. */
import type {
  AccessTokenTokenSample,
  ClientCredentialsTokenSample,
  UserOrganization,
  UserOrganizationRole,
  UserRole,
  UserRoleScope,
} from '../../generated/types.d.ts';
import { argumentShape, type Shape, type TokenType } from './known.ts';
import type {
  AccessTokenContext,
  AccessTokenToken,
  ApplicationInput,
  ClientCredentialsContext,
  ClientCredentialsToken,
  GrantInput,
  InteractionInput,
  OrganizationInput,
  UserInput,
} from './types.ts';

/** What a script is called with, and what is to come of it. */
export interface Sample {
  token?: object;
  context?: object;
  environmentVariables?: Record<string, string>;
  expect?: {
    /** The claims that the script adds to the token, all of them. */
    claims?: Record<string, unknown>;
    /** The message of the denial. */
    denied?: string;
  };
}

/** What is listed: the name alone, or some of the fields. */
type Listed<T> = readonly (string | Partial<T>)[];
type RoleFields = Omit<UserRole, 'scopes'> & { scopes: Listed<UserRoleScope> };

export interface UserSampleFields
  extends Partial<Omit<UserInput, 'roles' | 'organizations' | 'organizationRoles'>> {
  roles?: Listed<RoleFields>;
  organizations?: Listed<UserOrganization>;
  /** In the first of `organizations`, unless `organizationId` is given. */
  organizationRoles?: Listed<UserOrganizationRole>;
}

/** The fields of an access-token sample that matter. The others are filled in. */
export interface AccessTokenSampleFields {
  token?: AccessTokenTokenSample;
  user?: UserSampleFields;
  application?: Partial<ApplicationInput>;
  /** The token is for this organization. */
  organization?: Partial<OrganizationInput>;
  /** The token comes from an exchange of a subject token. */
  grant?: Partial<GrantInput>;
  interaction?: Partial<InteractionInput>;
}

export interface ClientCredentialsSampleFields {
  token?: ClientCredentialsTokenSample;
  application?: Partial<ApplicationInput>;
}

const tokenExchange: GrantInput['type'] = 'urn:ietf:params:oauth:grant-type:token-exchange';
const indicator = 'https://api.example.com';
const createdAt = Date.UTC(2025, 0, 1);
const tenantId = 'default';
const resource = { tenantId, id: 'api', name: 'API', indicator, isDefault: false, accessTokenTtl: 3600 };

const each = <T>(listed: Listed<T> = [], name: keyof T, complete: (id: string) => T): T[] =>
  listed.map((item, index) => ({
    ...complete(`${index + 1}`),
    ...(typeof item === 'string' ? { [name]: item } : item),
  }));

const completeScope = (id: string): UserRoleScope => {
  return { id: `scope-${id}`, name: `scope:${id}`, description: null, resourceId: resource.id, resource };
};

const completeRole = (id: string): RoleFields => {
  return { id: `role-${id}`, name: `Role ${id}`, description: 'A role', scopes: [] };
};

const completeOrganization = (id: string): UserOrganization => {
  return { id: `organization-${id}`, name: `Organization ${id}`, description: null };
};

/** A cast, so that a field that the document newly has does not keep the package from being built. */
const completeUser = (fields: UserSampleFields = {}): UserInput => {
  const organizations = each(fields.organizations, 'name', completeOrganization);
  const organizationId = organizations[0]?.id ?? 'organization-1';
  return {
    id: 'user-1',
    username: 'ada',
    primaryEmail: 'ada@example.com',
    primaryPhone: null,
    name: 'Ada',
    avatar: null,
    customData: {},
    identities: {},
    lastSignInAt: createdAt,
    createdAt,
    updatedAt: createdAt,
    profile: {},
    applicationId: null,
    cimdClientId: null,
    isSuspended: false,
    hasPassword: true,
    ssoIdentities: [],
    mfaVerificationFactors: [],
    ...fields,
    roles: each(fields.roles, 'name', completeRole).map((role) => {
      return { ...role, scopes: each(role.scopes, 'name', completeScope) };
    }),
    organizations,
    organizationRoles: each(fields.organizationRoles, 'roleName', (id) => {
      return { organizationId, roleId: `role-${id}`, roleName: `Role ${id}` };
    }),
  } as UserInput;
};

const completeApplication = (
  type: ApplicationInput['type'],
  fields?: Partial<ApplicationInput>,
): ApplicationInput => ({
  tenantId,
  id: 'application-1',
  name: 'Application',
  description: null,
  type,
  oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
  customClientMetadata: {},
  protectedAppMetadata: null,
  customData: {},
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  createdAt,
  ...fields,
});

/** An object without what came after the release of the shape. */
const prune = <T extends object>(value: T, { members }: Shape): T =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member?.since !== undefined) return [];
      const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
      return [[name, member && isObject ? prune(item, member) : item]];
    }),
  ) as T;

const onRelease = <T extends { context: object }>(
  tokenType: TokenType,
  sample: T,
  release: string | undefined,
): T => {
  const shape = release === undefined ? undefined : argumentShape(tokenType, release).members['context'];
  return shape ? { ...sample, context: prune(sample.context, shape) } : sample;
};

/**
 * A complete `token` and `context` of the access-token script: of a user who signed in by authorization code, unless the
 * fields say otherwise. `POST /test` accepts both.
 *
 * @param release - written as in `1.42`: fields that came later are left out. Without it, all fields are there
 * @example
 * ```js
 * import { accessTokenSample } from 'logto-jwt-customizer/claims';
 *
 * const { context } = accessTokenSample({ user: { roles: ['Editor'] } });
 * console.log(context.user.roles[0].name); // Editor
 * ```
 */
export const accessTokenSample = (
  fields: AccessTokenSampleFields = {},
  release?: string,
): { token: AccessTokenToken; context: AccessTokenContext } => {
  const { grant, interaction } = fields;
  const gty = fields.token?.gty ?? (grant === undefined ? 'authorization_code' : tokenExchange);
  const isExchange = gty === tokenExchange;
  const application = completeApplication('Traditional', fields.application);
  const user = completeUser({ applicationId: application.id, ...fields.user });
  const organization = fields.organization && {
    ...completeOrganization('1'),
    customData: {},
    ...fields.organization,
  };
  const identifier = { type: 'userId', value: user.id } as const;
  const sample: ReturnType<typeof accessTokenSample> = {
    token: {
      jti: 'token-1',
      kind: 'AccessToken',
      clientId: application.id,
      gty,
      grantId: 'grant-1',
      ...(!isExchange && { sessionUid: 'session-1' }),
      accountId: user.id,
      aud: organization ? `urn:logto:organization:${organization.id}` : indicator,
      scope: '',
      ...fields.token,
    },
    context: {
      user,
      ...(grant && { grant: { type: tokenExchange, subjectTokenContext: {}, ...grant } }),
      ...(!isExchange && {
        interaction: {
          interactionEvent: 'SignIn',
          userId: user.id,
          verificationRecords: [{ id: 'record-1', type: 'Password', identifier, verified: true }],
          signInContext: {},
          ...interaction,
        },
      }),
      application,
      ...(organization && { organization }),
    },
  };
  return onRelease('access-token', sample, release);
};

/** A complete `token` and `context` of the client-credentials script, as {@link accessTokenSample} makes them. */
export const clientCredentialsSample = (
  fields: ClientCredentialsSampleFields = {},
  release?: string,
): { token: ClientCredentialsToken; context: ClientCredentialsContext } => {
  const application = completeApplication('MachineToMachine', fields.application);
  const { id: clientId } = application;
  const token = {
    jti: 'token-1',
    kind: 'ClientCredentials' as const,
    clientId,
    aud: indicator,
    ...fields.token,
  };
  return onRelease('client-credentials', { token, context: { application } }, release);
};

/** Someone who has some of everything that scripts read. */
const builtIn = (script: string): AccessTokenSampleFields => ({
  user: {
    primaryPhone: '15555550100',
    roles: [{ name: 'Editor', scopes: ['read:things'] }],
    organizations: ['Acme'],
    organizationRoles: ['admin'],
  },
  organization: {},
  // A token comes from a sign-in or from an exchange: no token has both.
  ...(/\bgrant\b/.test(script) && { grant: {} }),
});

/** A sample with what it leaves out. Without token and context, a built-in one that suits the script. */
export const fillSample = (
  tokenType: TokenType,
  { token, context, ...others }: Sample,
  release: string,
  script: string,
): Sample => {
  const given = token || context ? { ...context, ...(token && { token }) } : builtIn(script);
  const whole =
    tokenType === 'access-token'
      ? accessTokenSample(given, release)
      : clientCredentialsSample(given as ClientCredentialsSampleFields, release);
  return { ...whole, ...others };
};
