/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessTokenContextSample: AccessTokenContextSample;
        AccessTokenJwtCustomizer: AccessTokenJwtCustomizer;
        AccessTokenJwtCustomizerConfig: AccessTokenJwtCustomizerConfig;
        AccessTokenJwtCustomizerTestRequest: AccessTokenJwtCustomizerTestRequest;
        AccessTokenTokenSample: AccessTokenTokenSample;
        ApplicationContext: ApplicationContext;
        Audience: Audience;
        BackupCodeVerificationRecord: BackupCodeVerificationRecord;
        BlockIssuanceOnError: BlockIssuanceOnError;
        Claims: Claims;
        ClientCredentialsContextSample: ClientCredentialsContextSample;
        ClientCredentialsJwtCustomizer: ClientCredentialsJwtCustomizer;
        ClientCredentialsJwtCustomizerConfig: ClientCredentialsJwtCustomizerConfig;
        ClientCredentialsJwtCustomizerTestRequest: ClientCredentialsJwtCustomizerTestRequest;
        ClientCredentialsTokenSample: ClientCredentialsTokenSample;
        CloudflareData: CloudflareData;
        CustomClientMetadata: CustomClientMetadata;
        CustomDomain: CustomDomain;
        EmailCodeVerificationRecord: EmailCodeVerificationRecord;
        EmailIdentifier: EmailIdentifier;
        EnterpriseSsoUserInfo: EnterpriseSsoUserInfo;
        EnterpriseSsoVerificationRecord: EnterpriseSsoVerificationRecord;
        EnvironmentVariables: EnvironmentVariables;
        GrantContext: GrantContext;
        InteractionContext: InteractionContext;
        InteractionEvent: InteractionEvent;
        InvalidInputError: InvalidInputError;
        InvalidInputIssue: InvalidInputIssue;
        JsonObject: JsonObject;
        JwtCustomizer: JwtCustomizer;
        JwtCustomizerConfigs: JwtCustomizerConfigs;
        JwtCustomizerError: JwtCustomizerError;
        JwtCustomizerTestRequest: JwtCustomizerTestRequest;
        MessageError: MessageError;
        MfaEmailCodeVerificationRecord: MfaEmailCodeVerificationRecord;
        MfaFactor: MfaFactor;
        MfaPhoneCodeVerificationRecord: MfaPhoneCodeVerificationRecord;
        NewPasswordIdentityVerificationRecord: NewPasswordIdentityVerificationRecord;
        OidcClientMetadata: OidcClientMetadata;
        OneTimeTokenVerificationRecord: OneTimeTokenVerificationRecord;
        OrganizationContext: OrganizationContext;
        PasswordVerificationRecord: PasswordVerificationRecord;
        PhoneCodeVerificationRecord: PhoneCodeVerificationRecord;
        PhoneIdentifier: PhoneIdentifier;
        ProtectedAppMetadata: ProtectedAppMetadata;
        RedirectUri: RedirectUri;
        RequestError: RequestError;
        Resource: Resource;
        Script: Script;
        SignInPasskeyVerificationRecord: SignInPasskeyVerificationRecord;
        SocialUserInfo: SocialUserInfo;
        SocialVerificationRecord: SocialVerificationRecord;
        TemplateType: TemplateType;
        TokenError: TokenError;
        TokenRequest: TokenRequest;
        TokenResponse: TokenResponse;
        TokenType: TokenType;
        TotpVerificationRecord: TotpVerificationRecord;
        UnauthorizedError: UnauthorizedError;
        UserAddress: UserAddress;
        UserContext: UserContext;
        UserIdentity: UserIdentity;
        UserOrganization: UserOrganization;
        UserOrganizationRole: UserOrganizationRole;
        UserProfile: UserProfile;
        UserRole: UserRole;
        UserRoleScope: UserRoleScope;
        UserSsoIdentity: UserSsoIdentity;
        VerificationRecord: VerificationRecord;
        WebAuthnVerificationRecord: WebAuthnVerificationRecord;
    };
    responses: {
        /** @description The request body is larger than 1 MiB (1,048,576 bytes). It looks like the response for a missing customizer, but is not. */
        BodyTooLarge: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "text/plain": "Not Found";
            };
        };
        /** @description The client secret is wrong. */
        ClientRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": TokenError;
            };
        };
        /** @description The new customizer. There was none before. */
        CreatedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizer;
            };
        };
        /** @description The customizer does not exist. */
        CustomizerNotFound: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": RequestError;
            };
        };
        /** @description JSON: the customizer does not exist. Plain text: the request body is larger than 1 MiB (1,048,576 bytes). */
        CustomizerNotFoundOrBodyTooLarge: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": RequestError;
                "text/plain": "Not Found";
            };
        };
        /** @description The access token is valid, but lacks the permission `all`. Assign the Management API role to the application. */
        Forbidden: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": RequestError;
            };
        };
        /** @description An internal error of the tenant. A `script` that contains U+0000 also causes it. */
        InternalServerError: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": MessageError;
            };
        };
        /** @description The path or the body is invalid. Tenants check this after authorization and before existence. */
        InvalidInput: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": InvalidInputError | MessageError;
            };
        };
        /** @description The customizer. */
        JwtCustomizer: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizer;
            };
        };
        /** @description The existing customizers. */
        JwtCustomizerConfigs: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizerConfigs;
            };
        };
        /** @description The path does not support the method. */
        MethodNotAllowed: {
            headers: {
                Allow: components["headers"]["Allow"];
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "text/plain": "Method Not Allowed";
            };
        };
        /** @description Storage refuses the body, for example because `script` contains a lone surrogate. */
        NotStorable: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": RequestError;
            };
        };
        /** @description The customizer after the write. */
        ReplacedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizer;
            };
        };
        /** @description The claims that the script returned. */
        TestClaims: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": Claims;
            };
        };
        /** @description The script called `api.denyAccess`, or the access token lacks the permission `all`. */
        TestDenied: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizerError | RequestError;
            };
        };
        /** @description The script does not compile, throws, does not define `getCustomJwtClaims`, does not return an object, or exceeds the time limit (3 s up to 1.42, 5 s from 1.43). */
        TestFailed: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizerError;
            };
        };
        /** @description The script returned a value that JSON cannot represent, or threw an unusual value. */
        TestInternalServerError: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": MessageError | JwtCustomizerError;
            };
        };
        /** @description The access token. */
        Token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": TokenResponse;
            };
        };
        /** @description The client or the resource is unknown. */
        TokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": TokenError;
            };
        };
        /** @description The access token is missing or invalid. There is no `WWW-Authenticate` header. */
        Unauthorized: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": UnauthorizedError;
            };
        };
        /** @description The token type is unknown. */
        UnknownTokenType: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": InvalidInputError;
            };
        };
        /** @description The complete customizer after the update. */
        UpdatedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": JwtCustomizer;
            };
        };
    };
    parameters: {
        /** @description The token type of the customizer. */
        TokenTypePath: TokenType;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The methods that the path supports.
         * @example PUT, PATCH, HEAD, GET, DELETE
         */
        Allow: string;
        /**
         * @description Depends only on the content. It shows whether something changed, but cannot protect a write, because writes ignore `If-Match` and `If-None-Match`.
         * @example "36-bzUtCDZbuCTpD0rByI8PIreyy6A"
         */
        ETag: string;
        /**
         * @description Identifies the request in the tenant's logs. Include it when you contact Logto's support.
         * @example K3E8-GiJ6Rjmyww3
         */
        LogtoCoreRequestId: string;
    };
    pathItems: never;
}
/** @description A sample of the script's argument `context`. Unknown fields are silently dropped. */
export interface AccessTokenContextSample {
    application?: ApplicationContext;
    grant?: GrantContext;
    interaction?: InteractionContext;
    organization?: OrganizationContext;
    user: UserContext;
}
/** @description The customizer of access tokens issued to users, in every grant. */
export interface AccessTokenJwtCustomizer {
    blockIssuanceOnError?: BlockIssuanceOnError;
    contextSample?: AccessTokenContextSample;
    environmentVariables?: EnvironmentVariables;
    script: Script;
    tokenSample?: AccessTokenTokenSample;
}
export interface AccessTokenJwtCustomizerConfig {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    key: "jwt.accessToken";
    value: AccessTokenJwtCustomizer;
}
/** @description An access token script to run once, without storing it. Unknown fields are silently dropped. */
export interface AccessTokenJwtCustomizerTestRequest {
    context: AccessTokenContextSample;
    environmentVariables?: EnvironmentVariables;
    script: string;
    token: AccessTokenTokenSample;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    tokenType: "access-token";
}
/** @description A sample of the script's argument `token`. Unknown fields are refused. */
export interface AccessTokenTokenSample {
    accountId?: string;
    aud?: Audience;
    clientId?: string;
    expiresWithSession?: boolean;
    grantId?: string;
    gty?: string;
    jti?: string;
    /** @constant */
    kind?: "AccessToken";
    scope?: string;
    sessionUid?: string;
    sid?: string;
}
/** @description The application that requests the token, without its secret. */
export interface ApplicationContext {
    appLevelAccessControlEnabled?: boolean;
    /** @description Milliseconds since 1970. */
    createdAt?: number;
    customClientMetadata?: CustomClientMetadata;
    customData?: JsonObject;
    description?: string | null;
    id?: string;
    isThirdParty?: boolean;
    name?: string;
    oidcClientMetadata?: OidcClientMetadata;
    protectedAppMetadata?: ProtectedAppMetadata | null;
    tenantId?: string;
    /** @enum {string} */
    type?: "Native" | "SPA" | "Traditional" | "MachineToMachine" | "Protected" | "SAML";
}
/** @description One or more resource indicators. */
export type Audience = string | string[];
export interface BackupCodeVerificationRecord {
    code?: string;
    id: string;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "BackupCode";
    userId: string;
}
/** @description Stored and returned. It has no effect in production builds of the recorded releases (1.42, 1.43): if the script fails, the token is issued without custom claims. */
export type BlockIssuanceOnError = boolean;
/** @description The claims that the script returned, by name. */
export interface Claims {
    [key: string]: unknown;
}
/** @description A sample of the script's argument `context`. From 1.37 on, unknown fields are silently dropped; before, any object was kept. */
export interface ClientCredentialsContextSample {
    application?: ApplicationContext;
}
/** @description The customizer of access tokens issued for client credentials. It also runs for the machine-to-machine application that calls this API. */
export interface ClientCredentialsJwtCustomizer {
    blockIssuanceOnError?: BlockIssuanceOnError;
    contextSample?: ClientCredentialsContextSample;
    environmentVariables?: EnvironmentVariables;
    script: Script;
    tokenSample?: ClientCredentialsTokenSample;
}
export interface ClientCredentialsJwtCustomizerConfig {
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    key: "jwt.clientCredentials";
    value: ClientCredentialsJwtCustomizer;
}
/** @description A client credentials script to run once, without storing it. Unknown fields are silently dropped. Before 1.37, `context` was optional. */
export interface ClientCredentialsJwtCustomizerTestRequest {
    context: ClientCredentialsContextSample;
    environmentVariables?: EnvironmentVariables;
    script: string;
    token: ClientCredentialsTokenSample;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    tokenType: "client-credentials";
}
/** @description A sample of the script's argument `token`. Unknown fields are refused. */
export interface ClientCredentialsTokenSample {
    aud?: Audience;
    clientId?: string;
    jti?: string;
    /** @constant */
    kind?: "ClientCredentials";
    scope?: string;
}
export interface CloudflareData {
    id: string;
    ssl: {
        status: string;
        validation_errors?: {
            message: string;
        }[];
    };
    status: string;
    verification_errors?: string[];
}
export interface CustomClientMetadata {
    allowTokenExchange?: boolean;
    alwaysIssueRefreshToken?: boolean;
    corsAllowedOrigins?: string[];
    /** @description Seconds. */
    idTokenTtl?: number;
    isDeviceFlow?: boolean;
    maxAllowedGrants?: number;
    /** @description Seconds. */
    refreshTokenTtl?: number;
    refreshTokenTtlInDays?: number;
    rotateRefreshToken?: boolean;
    tenantId?: string;
}
export interface CustomDomain {
    cloudflareData: CloudflareData | null;
    dnsRecords: {
        name: string;
        type: string;
        value: string;
    }[];
    domain: string;
    errorMessage: string | null;
    /** @enum {string} */
    status: "PendingVerification" | "PendingSsl" | "Active" | "Error";
}
export interface EmailCodeVerificationRecord {
    id: string;
    identifier: EmailIdentifier;
    templateType: TemplateType;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "EmailVerificationCode";
    verified: boolean;
}
export interface EmailIdentifier {
    /** @constant */
    type: "email";
    value: string;
}
/** @description Like `SocialUserInfo`, but unknown fields are kept. */
export type EnterpriseSsoUserInfo = {
    avatar?: string;
    email?: string;
    id: string;
    name?: string;
    phone?: string;
    /** @description Any JSON, as returned by the identity provider. */
    rawData?: unknown;
} & {
    [key: string]: unknown;
};
export interface EnterpriseSsoVerificationRecord {
    connectorId: string;
    enterpriseSsoUserInfo?: EnterpriseSsoUserInfo;
    id: string;
    issuer?: string;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "EnterpriseSso";
}
/** @description The script's argument `environmentVariables`. A write replaces all of them and never merges. A tenant returns the values in plain text to everyone who can read the customizer. */
export interface EnvironmentVariables {
    [key: string]: string;
}
/** @description Present if the token was issued in a token exchange. */
export interface GrantContext {
    subjectTokenContext?: JsonObject;
    /** @constant */
    type?: "urn:ietf:params:oauth:grant-type:token-exchange";
}
/** @description The sign-in, registration or password reset that led to the token. */
export interface InteractionContext {
    interactionEvent?: InteractionEvent;
    signInContext?: {
        [key: string]: string;
    };
    userId?: string;
    verificationRecords?: VerificationRecord[];
}
/** @enum {string} */
export type InteractionEvent = "SignIn" | "Register" | "ForgotPassword";
/** @description The path or the body does not satisfy Logto's guard. */
export interface InvalidInputError {
    /** @constant */
    code: "guard.invalid_input";
    data: {
        issues: InvalidInputIssue[];
        /** @constant */
        name: "ZodError";
    };
    /** @description The issues in one human-readable sentence. */
    details: string;
    message: string;
}
/** @description What is wrong (`code`) and where (`path`). The other fields depend on `code`: the tenant returns the issues of zod 3. */
export type InvalidInputIssue = {
    code: string;
    message: string;
    path: (string | number)[];
} & {
    [key: string]: unknown;
};
/** @description Any JSON object. */
export interface JsonObject {
    [key: string]: unknown;
}
/** @description A customizer of either token type. `anyOf`, not `oneOf`, because `{"script": "…"}` is valid for both. */
export type JwtCustomizer = AccessTokenJwtCustomizer | ClientCredentialsJwtCustomizer;
/** @description The existing customizers, access token first. */
export type JwtCustomizerConfigs = (AccessTokenJwtCustomizerConfig | ClientCredentialsJwtCustomizerConfig)[];
/** @description The script was refused, failed, or denied access. `data.message` is the script's message. */
export interface JwtCustomizerError {
    /** @constant */
    code: "jwt_customizer.general";
    data: {
        /** @constant */
        code?: "AccessDenied";
        /** @description The denial, in releases 1.42 and 1.43. In 1.28, `code` is next to `message` instead. */
        error?: {
            /** @constant */
            code: "AccessDenied";
            message: string;
        };
        message: string;
    };
    message: string;
}
export type JwtCustomizerTestRequest = AccessTokenJwtCustomizerTestRequest | ClientCredentialsJwtCustomizerTestRequest;
/** @description An error without a code. */
export interface MessageError {
    message: string;
}
export interface MfaEmailCodeVerificationRecord {
    id: string;
    identifier: EmailIdentifier;
    templateType: TemplateType;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "MfaEmailVerificationCode";
    verified: boolean;
}
/** @enum {string} */
export type MfaFactor = "Totp" | "WebAuthn" | "BackupCode" | "EmailVerificationCode" | "PhoneVerificationCode";
export interface MfaPhoneCodeVerificationRecord {
    id: string;
    identifier: PhoneIdentifier;
    templateType: TemplateType;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "MfaPhoneVerificationCode";
    verified: boolean;
}
export interface NewPasswordIdentityVerificationRecord {
    id: string;
    identifier: {
        /** @enum {string} */
        type: "username" | "email" | "phone";
        value: string;
    };
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "NewPasswordIdentity";
}
export interface OidcClientMetadata {
    backchannelLogoutSessionRequired?: boolean;
    /**
     * Format: whatwg-url
     * @description A URL that the WHATWG URL Standard can parse.
     */
    backchannelLogoutUri?: string;
    logoUri?: string;
    postLogoutRedirectUris: RedirectUri[];
    redirectUris: RedirectUri[];
}
export interface OneTimeTokenVerificationRecord {
    id: string;
    identifier: EmailIdentifier;
    oneTimeTokenContext?: {
        interactionEvent?: InteractionEvent;
        jitOrganizationIds?: string[];
    };
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "OneTimeToken";
    verified: boolean;
}
/** @description The organization that the token is issued for. */
export interface OrganizationContext {
    customData?: JsonObject;
    description?: string | null;
    id?: string;
    name?: string;
}
export interface PasswordVerificationRecord {
    id: string;
    identifier: {
        /** @enum {string} */
        type: "username" | "email" | "phone" | "userId";
        value: string;
    };
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "Password";
    verified: boolean;
}
export interface PhoneCodeVerificationRecord {
    id: string;
    identifier: PhoneIdentifier;
    templateType: TemplateType;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "PhoneVerificationCode";
    verified: boolean;
}
export interface PhoneIdentifier {
    /** @constant */
    type: "phone";
    value: string;
}
export interface ProtectedAppMetadata {
    additionalScopes?: ("custom_data" | "identities" | "roles" | "urn:logto:scope:organizations" | "urn:logto:scope:organization_roles")[];
    customDomains?: CustomDomain[];
    host: string;
    origin: string;
    pageRules: {
        path: string;
    }[];
    /** @description Seconds. */
    sessionDuration: number;
}
/**
 * Format: logto-redirect-uri
 * @description A URL according to the WHATWG URL Standard, with http(s) or a custom scheme. An http(s) URL can contain `*` in the host name (if it has a dot) and in the path, but not in scheme, port, query or hash, and its path has no dot segments.
 */
export type RedirectUri = string;
/** @description An error. `code` is stable; `message` is human-readable, in the language of `Accept-Language`. 400 and 401 errors, and errors of `/test` and the token endpoint, have more fields; see their schemas. */
export interface RequestError {
    code: string;
    message: string;
}
export interface Resource {
    /** @description Seconds. */
    accessTokenTtl: number;
    id: string;
    indicator: string;
    isDefault: boolean;
    name: string;
    tenantId: string;
}
/** @description JavaScript that defines a function `getCustomJwtClaims`. A tenant stores it without compiling it and returns it byte for byte; an empty script disables the customizer. Storage refuses two kinds of strings that the official guards accept: those that contain U+0000 (500) or a lone surrogate (422). */
export type Script = string;
export interface SignInPasskeyVerificationRecord {
    id: string;
    registrationRpId?: string;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "SignInPasskey";
    userId?: string;
    verified: boolean;
}
export interface SocialUserInfo {
    avatar?: string;
    email?: string;
    id: string;
    name?: string;
    phone?: string;
    /** @description Any JSON, as returned by the identity provider. */
    rawData?: unknown;
}
export interface SocialVerificationRecord {
    connectorId: string;
    id: string;
    socialUserInfo?: SocialUserInfo;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "Social";
}
/** @enum {string} */
export type TemplateType = "SignIn" | "Register" | "ForgotPassword" | "OrganizationInvitation" | "Generic" | "UserPermissionValidation" | "BindNewIdentifier" | "MfaVerification" | "BindMfa";
/** @description An OAuth 2.0 error (RFC 6749, section 5.2) with Logto's `code` and `message`. */
export interface TokenError {
    code: string;
    error: string;
    error_description: string;
    message: string;
}
/** @description The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4) with a resource indicator (RFC 8707). */
export interface TokenRequest {
    /** @description The application's id. Omit it if you send id and secret with HTTP Basic. */
    client_id?: string;
    /** Format: password */
    client_secret?: string;
    /** @constant */
    grant_type: "client_credentials";
    /** @description The resource indicator of the Management API: `https://{tenantId}.logto.app/api` on Logto Cloud, even behind a custom domain; `https://default.logto.app/api` on self-hosted Logto. */
    resource?: string;
    /** @description `all` is the only permission of the Management API. */
    scope?: string;
}
export interface TokenResponse {
    access_token: string;
    /** @description Seconds. */
    expires_in: number;
    /** @description The granted scope. Absent if the application lacks the Management API role; the API then returns 403. */
    scope?: string;
    /** @constant */
    token_type: "Bearer";
}
/** @enum {string} */
export type TokenType = "access-token" | "client-credentials";
export interface TotpVerificationRecord {
    id: string;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "Totp";
    userId: string;
    verified: boolean;
}
export interface UnauthorizedError {
    /** @enum {string} */
    code: "auth.authorization_header_missing" | "auth.authorization_token_type_not_supported" | "auth.unauthorized";
    /** @description Why the token was refused, or the supported authorization schemes. */
    data?: {
        code?: string;
        name?: string;
        supportedTypes?: string[];
    };
    message: string;
}
export interface UserAddress {
    country?: string;
    formatted?: string;
    locality?: string;
    postalCode?: string;
    region?: string;
    streetAddress?: string;
}
/** @description The user that the token is issued to, as passed to the script. */
export interface UserContext {
    applicationId?: string | null;
    avatar?: string | null;
    cimdClientId?: string | null;
    /** @description Milliseconds since 1970. */
    createdAt?: number;
    customData?: JsonObject;
    hasPassword?: boolean;
    id?: string;
    /** @description Social identities by the connector's target, for example `github`. */
    identities?: {
        [key: string]: UserIdentity;
    };
    isSuspended?: boolean;
    /** @description Milliseconds since 1970. */
    lastSignInAt?: number | null;
    mfaVerificationFactors?: MfaFactor[];
    name?: string | null;
    organizationRoles?: UserOrganizationRole[];
    organizations?: UserOrganization[];
    primaryEmail?: string | null;
    primaryPhone?: string | null;
    profile?: UserProfile;
    roles?: UserRole[];
    ssoIdentities?: UserSsoIdentity[];
    /** @description Milliseconds since 1970. */
    updatedAt?: number;
    username?: string | null;
}
export interface UserIdentity {
    details?: JsonObject;
    /** @description The user's id at the identity provider. */
    userId: string;
}
export interface UserOrganization {
    description: string | null;
    id: string;
    name: string;
}
export interface UserOrganizationRole {
    organizationId: string;
    roleId: string;
    roleName: string;
}
export interface UserProfile {
    address?: UserAddress;
    birthdate?: string;
    familyName?: string;
    gender?: string;
    givenName?: string;
    locale?: string;
    middleName?: string;
    nickname?: string;
    preferredUsername?: string;
    profile?: string;
    website?: string;
    zoneinfo?: string;
}
export interface UserRole {
    description: string;
    id: string;
    name: string;
    scopes: UserRoleScope[];
}
export interface UserRoleScope {
    description: string | null;
    id: string;
    name: string;
    resource: Resource;
    resourceId: string;
}
export interface UserSsoIdentity {
    detail: JsonObject;
    identityId: string;
    issuer: string;
}
/** @description How the user was verified, without secrets. */
export type VerificationRecord = PasswordVerificationRecord | EmailCodeVerificationRecord | PhoneCodeVerificationRecord | MfaEmailCodeVerificationRecord | MfaPhoneCodeVerificationRecord | SocialVerificationRecord | EnterpriseSsoVerificationRecord | TotpVerificationRecord | BackupCodeVerificationRecord | WebAuthnVerificationRecord | SignInPasskeyVerificationRecord | OneTimeTokenVerificationRecord | NewPasswordIdentityVerificationRecord;
export interface WebAuthnVerificationRecord {
    id: string;
    registrationRpId?: string;
    /**
     * @description discriminator enum property added by openapi-typescript
     * @enum {string}
     */
    type: "WebAuthn";
    userId: string;
    verified: boolean;
}
export type ResponseBodyTooLarge = components['responses']['BodyTooLarge'];
export type ResponseClientRefused = components['responses']['ClientRefused'];
export type ResponseCreatedJwtCustomizer = components['responses']['CreatedJwtCustomizer'];
export type ResponseCustomizerNotFound = components['responses']['CustomizerNotFound'];
export type ResponseCustomizerNotFoundOrBodyTooLarge = components['responses']['CustomizerNotFoundOrBodyTooLarge'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseInternalServerError = components['responses']['InternalServerError'];
export type ResponseInvalidInput = components['responses']['InvalidInput'];
export type ResponseJwtCustomizer = components['responses']['JwtCustomizer'];
export type ResponseJwtCustomizerConfigs = components['responses']['JwtCustomizerConfigs'];
export type ResponseMethodNotAllowed = components['responses']['MethodNotAllowed'];
export type ResponseNotStorable = components['responses']['NotStorable'];
export type ResponseReplacedJwtCustomizer = components['responses']['ReplacedJwtCustomizer'];
export type ResponseTestClaims = components['responses']['TestClaims'];
export type ResponseTestDenied = components['responses']['TestDenied'];
export type ResponseTestFailed = components['responses']['TestFailed'];
export type ResponseTestInternalServerError = components['responses']['TestInternalServerError'];
export type ResponseToken = components['responses']['Token'];
export type ResponseTokenRefused = components['responses']['TokenRefused'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseUnknownTokenType = components['responses']['UnknownTokenType'];
export type ResponseUpdatedJwtCustomizer = components['responses']['UpdatedJwtCustomizer'];
export type ParameterTokenTypePath = components['parameters']['TokenTypePath'];
export type HeaderAllow = components['headers']['Allow'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderLogtoCoreRequestId = components['headers']['LogtoCoreRequestId'];
export type $defs = Record<string, never>;
export interface operations {
    ListJwtCustomizers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["JwtCustomizerConfigs"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    GetJwtCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token type of the customizer. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["JwtCustomizer"];
            400: components["responses"]["UnknownTokenType"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["CustomizerNotFound"];
        };
    };
    UpsertJwtCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token type of the customizer. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": JwtCustomizer;
            };
        };
        responses: {
            200: components["responses"]["ReplacedJwtCustomizer"];
            201: components["responses"]["CreatedJwtCustomizer"];
            400: components["responses"]["InvalidInput"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["BodyTooLarge"];
            422: components["responses"]["NotStorable"];
            500: components["responses"]["InternalServerError"];
        };
    };
    DeleteJwtCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token type of the customizer. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["UnknownTokenType"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["CustomizerNotFound"];
        };
    };
    UpdateJwtCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token type of the customizer. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": JwtCustomizer;
            };
        };
        responses: {
            200: components["responses"]["UpdatedJwtCustomizer"];
            400: components["responses"]["InvalidInput"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["CustomizerNotFoundOrBodyTooLarge"];
            405: components["responses"]["MethodNotAllowed"];
            422: components["responses"]["NotStorable"];
            500: components["responses"]["InternalServerError"];
        };
    };
    TestJwtCustomizer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": JwtCustomizerTestRequest;
            };
        };
        responses: {
            200: components["responses"]["TestClaims"];
            400: components["responses"]["InvalidInput"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["TestDenied"];
            404: components["responses"]["BodyTooLarge"];
            422: components["responses"]["TestFailed"];
            500: components["responses"]["TestInternalServerError"];
        };
    };
    RequestToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": TokenRequest;
            };
        };
        responses: {
            200: components["responses"]["Token"];
            400: components["responses"]["TokenRefused"];
            401: components["responses"]["ClientRefused"];
        };
    };
}
export interface paths {
    "/api/configs/jwt-customizer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the customizers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: components["responses"]["JwtCustomizerConfigs"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/configs/jwt-customizer/access-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a customizer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The customizer. */
                200: {
                    headers: {
                        ETag: components["headers"]["ETag"];
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                    };
                };
                400: components["responses"]["UnknownTokenType"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description The customizer does not exist. */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                    };
                };
            };
        };
        /**
         * Create or replace a customizer
         * @description Fields that you omit are removed.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                };
            };
            responses: {
                /** @description The customizer after the write. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                    };
                };
                /** @description The new customizer. There was none before. */
                201: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                    };
                };
                400: components["responses"]["InvalidInput"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["BodyTooLarge"];
                422: components["responses"]["NotStorable"];
                500: components["responses"]["InternalServerError"];
            };
        };
        post?: never;
        /** Delete a customizer */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted. */
                204: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["UnknownTokenType"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description The customizer does not exist. */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Update a customizer
         * @description A shallow merge: fields that you omit keep their values; fields that you send replace the stored ones completely. `script` is required. PATCH cannot remove a field; PUT replaces everything. The merge has no lock: of two simultaneous updates one can be lost, although both return 200.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                };
            };
            responses: {
                /** @description The complete customizer after the update. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                    };
                };
                400: components["responses"]["InvalidInput"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description JSON: the customizer does not exist. Plain text: the request body is larger than 1 MiB (1,048,576 bytes). */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                        "text/plain": "Not Found";
                    };
                };
                405: components["responses"]["MethodNotAllowed"];
                422: components["responses"]["NotStorable"];
                500: components["responses"]["InternalServerError"];
            };
        };
        trace?: never;
    };
    "/api/configs/jwt-customizer/client-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a customizer */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The customizer. */
                200: {
                    headers: {
                        ETag: components["headers"]["ETag"];
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                    };
                };
                400: components["responses"]["UnknownTokenType"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description The customizer does not exist. */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                    };
                };
            };
        };
        /**
         * Create or replace a customizer
         * @description Fields that you omit are removed.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                };
            };
            responses: {
                /** @description The customizer after the write. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                    };
                };
                /** @description The new customizer. There was none before. */
                201: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                    };
                };
                400: components["responses"]["InvalidInput"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                404: components["responses"]["BodyTooLarge"];
                422: components["responses"]["NotStorable"];
                500: components["responses"]["InternalServerError"];
            };
        };
        post?: never;
        /** Delete a customizer */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted. */
                204: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["UnknownTokenType"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description The customizer does not exist. */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Update a customizer
         * @description A shallow merge: fields that you omit keep their values; fields that you send replace the stored ones completely. `script` is required. PATCH cannot remove a field; PUT replaces everything. The merge has no lock: of two simultaneous updates one can be lost, although both return 200.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                };
            };
            responses: {
                /** @description The complete customizer after the update. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                    };
                };
                400: components["responses"]["InvalidInput"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["Forbidden"];
                /** @description JSON: the customizer does not exist. Plain text: the request body is larger than 1 MiB (1,048,576 bytes). */
                404: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RequestError"];
                        "text/plain": "Not Found";
                    };
                };
                405: components["responses"]["MethodNotAllowed"];
                422: components["responses"]["NotStorable"];
                500: components["responses"]["InternalServerError"];
            };
        };
        trace?: never;
    };
    "/api/configs/jwt-customizer/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a script without storing it
         * @description Nothing is stored. The token type, the sample token and the sample context are top-level fields. The tenant's own document nests them under `payload`, but tenants refuse that.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["JwtCustomizerTestRequest"];
                };
            };
            responses: {
                200: components["responses"]["TestClaims"];
                400: components["responses"]["InvalidInput"];
                401: components["responses"]["Unauthorized"];
                403: components["responses"]["TestDenied"];
                404: components["responses"]["BodyTooLarge"];
                422: components["responses"]["TestFailed"];
                500: components["responses"]["TestInternalServerError"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oidc/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request an access token for the Management API
         * @description Send the client id and secret in the form, or with HTTP Basic authentication.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
                };
            };
            responses: {
                200: components["responses"]["Token"];
                400: components["responses"]["TokenRefused"];
                401: components["responses"]["ClientRefused"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
