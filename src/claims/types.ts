/** What scripts receive and return, as tenants of 1.28, 1.42 and 1.43 have it (contracts/recordings/arguments.jsonl). */
import type {
  ApplicationContext,
  GrantContext,
  InteractionContext,
  OrganizationContext,
  UserContext,
  UserIdentity,
} from '../../generated/types.d.ts';

type Scalar = string | number | boolean | null | undefined;

/** A value that a token carries as it is. What is inside an object is not checked. */
export type JsonValue = Scalar | JsonObject | readonly JsonValue[] | Json;

/**
 * An object of JSON. `any` lets interfaces pass, which have no index signature. The symbols tell `Date`, `RegExp`, `Map`,
 * `Set`, `Promise`, functions and typed arrays.
 */
export interface JsonObject {
  // biome-ignore lint/suspicious/noExplicitAny: of `unknown`, no interface would be an object of JSON.
  [name: string]: any;
  [Symbol.toPrimitive]?: never;
  [Symbol.toStringTag]?: never;
  [Symbol.hasInstance]?: never;
  [Symbol.iterator]?: never;
  [Symbol.match]?: never;
}

declare const json: unique symbol;

/** No value has this type. TypeScript compares refused values with it, which makes errors one line long instead of four. */
export interface Json {
  [name: string]: unknown;
  [name: symbol]: unknown;
  [json]: true;
}

const ignoredClaims = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'] as const;
const overrulingClaims = ['organization_id', 'act', 'nbf', 'sid', 'kind'] as const;

export const isIgnored = (claim: string): boolean => ignoredClaims.some((name) => name === claim);
export const isOverruling = (claim: string): boolean => overrulingClaims.some((name) => name === claim);

/** Claims of which a script's value replaces the tenant's own. */
export type OverrulingClaim = (typeof overrulingClaims)[number];

type IgnoredClaim = (typeof ignoredClaims)[number];
type Ignored = { [K in IgnoredClaim]?: `tenants ignore the claim ${K}` };

type Overruling<Named> = {
  [K in OverrulingClaim]?: K extends Named ? JsonValue : `overrules the tenant: name it, Claims<'${K}'>`;
};

/**
 * What `getCustomJwtClaims` returns: claims by name. Values that a token cannot carry are refused (BigInt, functions,
 * symbols, `Date`, `Map`, `Set`, …), and so are claims that the tenant sets itself.
 *
 * @typeParam Overruled - the claims of the tenant that the script means to replace, for example `'organization_id'`
 */
export interface Claims<Overruled extends OverrulingClaim = never> extends Ignored, Overruling<Overruled> {
  [claim: string]: JsonValue;
  [Symbol.iterator]?: never;
}

/** What a script can do beside returning claims. */
export interface CustomizerApi {
  /**
   * Denies the token by throwing: the token request fails with 400 `access_denied`. A `try` around it swallows the
   * denial, and a message that is not a string denies nothing.
   *
   * @param message - the `error_description` of the response
   * @default "Access denied"
   */
  readonly denyAccess: (message?: string) => never;
}

interface JsonFields {
  [name: string]: JsonValue;
}

/** The user that the token is for. */
export interface UserInput extends Required<Omit<UserContext, 'cimdClientId' | 'identities'>> {
  customData: JsonFields;
  /** Social identities by the connector's target, for example `github`. */
  identities: { [target: string]: (UserIdentity & { details?: JsonFields }) | undefined };
  /** From 1.43 on. */
  cimdClientId?: string | null;
}

/** The application that asks for the token. */
export interface ApplicationInput extends Required<Omit<ApplicationContext, 'appLevelAccessControlEnabled'>> {
  customData: JsonFields;
  /** From 1.40 on. */
  appLevelAccessControlEnabled?: boolean;
}

export interface OrganizationInput extends Required<OrganizationContext> {
  customData: JsonFields;
}

export interface GrantInput extends Required<GrantContext> {
  /** The context that the subject token was created with; `{}` without one. */
  subjectTokenContext: JsonFields;
}

export interface InteractionInput extends Required<Omit<InteractionContext, 'signInContext'>> {
  /** From 1.37 on. */
  signInContext?: { [name: string]: string };
}

/** `token` of the access-token script. `POST /test` refuses `extra` and `claims`, which real tokens have. */
export interface AccessTokenToken {
  /** If the access token is opaque, this is the access token itself. */
  jti: string;
  kind: 'AccessToken';
  clientId: string;
  /** `authorization_code`, `authorization_code refresh_token` or `urn:ietf:params:oauth:grant-type:token-exchange`. */
  gty: string;
  grantId: string;
  /** The id of the user. */
  accountId: string;
  /** The granted scopes, separated by spaces; `""` without any. */
  scope: string;
  /** The resource, or `urn:logto:organization:ID`. Absent if the access token is opaque. */
  aud?: string | string[];
  /** Only authorization code and refresh token. */
  sessionUid?: string;
  /** The guards know it; no recorded grant has it. */
  sid?: string;
  /** The guards know it; no recorded grant has it. */
  expiresWithSession?: boolean;
  /** Only token exchange: `subjectTokenId` with a subject token, `act` with an actor token (`sub`: the actor's user id). */
  extra?: { subjectTokenId?: string; act?: { sub: string } };
  /** Only token exchange for an opaque access token; empty. */
  claims?: JsonFields;
}

/** `context` of the access-token script. */
export interface AccessTokenContext {
  /** Every grant. */
  user: UserInput;
  /** Only token exchange of a subject token. A personal access token has none. */
  grant?: GrantInput;
  /** Only authorization code and refresh token, from 1.29 on. */
  interaction?: InteractionInput;
  /** Every grant, from 1.37 on. */
  application?: ApplicationInput;
  /** Only tokens for an organization, of every grant, from 1.41 on. */
  organization?: OrganizationInput;
}

/** `token` of the client-credentials script. */
export interface ClientCredentialsToken {
  jti: string;
  kind: 'ClientCredentials';
  clientId: string;
  /** The resource, or `urn:logto:organization:ID`. Nothing else names the organization. */
  aud: string | string[];
  /** The granted scopes, separated by spaces. Absent if the token is for a resource and no scope was granted. */
  scope?: string;
}

/** `context` of the client-credentials script. */
export interface ClientCredentialsContext {
  application: ApplicationInput;
}

interface Input<Variables extends string> {
  /** The stored variables, `undefined` without any. `Variables` names those that the script reads. */
  environmentVariables: [Variables] extends [never] ? object | undefined : Record<Variables, string>;
  api: CustomizerApi;
}

/** What the access-token script receives, for user tokens of every grant. `Variables`: for example `'PLAN' | 'REGION'`. */
export interface AccessTokenInput<Variables extends string = never> extends Input<Variables> {
  token: AccessTokenToken;
  context: AccessTokenContext;
}

/** What the client-credentials script receives, for tokens of machine-to-machine applications. */
export interface ClientCredentialsInput<Variables extends string = never> extends Input<Variables> {
  token: ClientCredentialsToken;
  /** From 1.37 on. */
  context?: ClientCredentialsContext;
}

type Customizer<Input, Overruled extends OverrulingClaim> = (
  input: Input,
) => Claims<Overruled> | Promise<Claims<Overruled>>;

/** The access-token script. `@type {import('logto-jwt-customizer/claims').AccessTokenCustomizer<'PLAN'>}` in JavaScript. */
export type AccessTokenCustomizer<
  Variables extends string = never,
  Overruled extends OverrulingClaim = never,
> = Customizer<AccessTokenInput<Variables>, Overruled>;

/** The client-credentials script, likewise. */
export type ClientCredentialsCustomizer<
  Variables extends string = never,
  Overruled extends OverrulingClaim = never,
> = Customizer<ClientCredentialsInput<Variables>, Overruled>;
