/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A sample of what the script receives as `context`. Unknown fields are dropped in silence. */
        AccessTokenContextSample: {
            application?: components["schemas"]["ApplicationContext"];
            grant?: components["schemas"]["GrantContext"];
            interaction?: components["schemas"]["InteractionContext"];
            organization?: components["schemas"]["OrganizationContext"];
            user: components["schemas"]["UserContext"];
        };
        /** @description The customizer of access tokens issued to users, in every grant. */
        AccessTokenJwtCustomizer: {
            blockIssuanceOnError?: components["schemas"]["BlockIssuanceOnError"];
            contextSample?: components["schemas"]["AccessTokenContextSample"];
            environmentVariables?: components["schemas"]["EnvironmentVariables"];
            script: components["schemas"]["Script"];
            tokenSample?: components["schemas"]["AccessTokenTokenSample"];
        };
        AccessTokenJwtCustomizerConfig: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            key: "jwt.accessToken";
            value: components["schemas"]["AccessTokenJwtCustomizer"];
        };
        /** @description A script of access tokens to run once, without storing it. Unknown fields are dropped in silence. */
        AccessTokenJwtCustomizerTestRequest: {
            context: components["schemas"]["AccessTokenContextSample"];
            environmentVariables?: components["schemas"]["EnvironmentVariables"];
            script: string;
            token: components["schemas"]["AccessTokenTokenSample"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            tokenType: "access-token";
        };
        /** @description A sample of what the script receives as `token`. Unknown fields are refused. */
        AccessTokenTokenSample: {
            accountId?: string;
            aud?: components["schemas"]["Audience"];
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
        };
        /** @description The application that asks for the token, without its secret. */
        ApplicationContext: {
            appLevelAccessControlEnabled?: boolean;
            /** @description Milliseconds since 1970. */
            createdAt?: number;
            customClientMetadata?: components["schemas"]["CustomClientMetadata"];
            customData?: components["schemas"]["JsonObject"];
            description?: string | null;
            id?: string;
            isThirdParty?: boolean;
            name?: string;
            oidcClientMetadata?: components["schemas"]["OidcClientMetadata"];
            protectedAppMetadata?: components["schemas"]["ProtectedAppMetadata"] | null;
            tenantId?: string;
            /** @enum {string} */
            type?: "Native" | "SPA" | "Traditional" | "MachineToMachine" | "Protected" | "SAML";
        };
        /** @description One resource indicator, or several. */
        Audience: string | string[];
        BackupCodeVerificationRecord: {
            code?: string;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "BackupCode";
            userId: string;
        };
        /** @description Stored and given back. In production builds of the releases recorded (1.42, 1.43) it has no effect: a token is issued without custom claims when the script fails. */
        BlockIssuanceOnError: boolean;
        /** @description The claims that the script returned, by name. */
        Claims: {
            [key: string]: unknown;
        };
        /** @description A sample of what the script receives as `context`. Unknown fields are dropped in silence from 1.37 on; before, any object was kept. */
        ClientCredentialsContextSample: {
            application?: components["schemas"]["ApplicationContext"];
        };
        /** @description The customizer of access tokens issued by client credentials. It also runs for the machine-to-machine application that calls this API. */
        ClientCredentialsJwtCustomizer: {
            blockIssuanceOnError?: components["schemas"]["BlockIssuanceOnError"];
            contextSample?: components["schemas"]["ClientCredentialsContextSample"];
            environmentVariables?: components["schemas"]["EnvironmentVariables"];
            script: components["schemas"]["Script"];
            tokenSample?: components["schemas"]["ClientCredentialsTokenSample"];
        };
        ClientCredentialsJwtCustomizerConfig: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            key: "jwt.clientCredentials";
            value: components["schemas"]["ClientCredentialsJwtCustomizer"];
        };
        /** @description A script of client credentials tokens to run once, without storing it. Unknown fields are dropped in silence. Before 1.37 `context` could be left out. */
        ClientCredentialsJwtCustomizerTestRequest: {
            context: components["schemas"]["ClientCredentialsContextSample"];
            environmentVariables?: components["schemas"]["EnvironmentVariables"];
            script: string;
            token: components["schemas"]["ClientCredentialsTokenSample"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            tokenType: "client-credentials";
        };
        /** @description A sample of what the script receives as `token`. Unknown fields are refused. */
        ClientCredentialsTokenSample: {
            aud?: components["schemas"]["Audience"];
            clientId?: string;
            jti?: string;
            /** @constant */
            kind?: "ClientCredentials";
            scope?: string;
        };
        CloudflareData: {
            id: string;
            ssl: {
                status: string;
                validation_errors?: {
                    message: string;
                }[];
            };
            status: string;
            verification_errors?: string[];
        };
        CustomClientMetadata: {
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
        };
        CustomDomain: {
            cloudflareData: components["schemas"]["CloudflareData"] | null;
            dnsRecords: {
                name: string;
                type: string;
                value: string;
            }[];
            domain: string;
            errorMessage: string | null;
            /** @enum {string} */
            status: "PendingVerification" | "PendingSsl" | "Active" | "Error";
        };
        EmailCodeVerificationRecord: {
            id: string;
            identifier: components["schemas"]["EmailIdentifier"];
            templateType: components["schemas"]["TemplateType"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "EmailVerificationCode";
            verified: boolean;
        };
        EmailIdentifier: {
            /** @constant */
            type: "email";
            value: string;
        };
        /** @description As `SocialUserInfo`, but unknown fields are kept. */
        EnterpriseSsoUserInfo: {
            avatar?: string;
            email?: string;
            id: string;
            name?: string;
            phone?: string;
            /** @description Any JSON, as the identity provider answered it. */
            rawData?: unknown;
        } & {
            [key: string]: unknown;
        };
        EnterpriseSsoVerificationRecord: {
            connectorId: string;
            enterpriseSsoUserInfo?: components["schemas"]["EnterpriseSsoUserInfo"];
            id: string;
            issuer?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "EnterpriseSso";
        };
        /** @description What the script receives as `environmentVariables`. Replaced whole by a write, never merged. A tenant gives the values back in plain text to whoever may read the customizer. */
        EnvironmentVariables: {
            [key: string]: string;
        };
        /** @description Present when the token comes from a token exchange. */
        GrantContext: {
            subjectTokenContext?: components["schemas"]["JsonObject"];
            /** @constant */
            type?: "urn:ietf:params:oauth:grant-type:token-exchange";
        };
        /** @description The sign-in, registration or password reset that the token comes from. */
        InteractionContext: {
            interactionEvent?: components["schemas"]["InteractionEvent"];
            signInContext?: {
                [key: string]: string;
            };
            userId?: string;
            verificationRecords?: components["schemas"]["VerificationRecord"][];
        };
        /** @enum {string} */
        InteractionEvent: "SignIn" | "Register" | "ForgotPassword";
        /** @description The path or the body does not satisfy Logto's guard. */
        InvalidInputError: {
            /** @constant */
            code: "guard.invalid_input";
            data: {
                issues: components["schemas"]["InvalidInputIssue"][];
                /** @constant */
                name: "ZodError";
            };
            /** @description The issues in one sentence, for people. */
            details: string;
            message: string;
        };
        /** @description What is wrong (`code`) and where (`path`). Which further fields there are depends on `code`: the tenant passes on the issues of zod 3. */
        InvalidInputIssue: {
            code: string;
            message: string;
            path: (string | number)[];
        } & {
            [key: string]: unknown;
        };
        /** @description Any JSON object. */
        JsonObject: {
            [key: string]: unknown;
        };
        /** @description A customizer of either token type. `anyOf`, not `oneOf`: `{"script": "…"}` alone is valid in both. */
        JwtCustomizer: components["schemas"]["AccessTokenJwtCustomizer"] | components["schemas"]["ClientCredentialsJwtCustomizer"];
        /** @description The customizers that exist, access token first. */
        JwtCustomizerConfigs: (components["schemas"]["AccessTokenJwtCustomizerConfig"] | components["schemas"]["ClientCredentialsJwtCustomizerConfig"])[];
        /** @description The script was refused, failed, or denied access. `data.message` is its own message. */
        JwtCustomizerError: {
            /** @constant */
            code: "jwt_customizer.general";
            data: {
                /** @constant */
                code?: "AccessDenied";
                /** @description Releases 1.42 and 1.43 put the denial here; 1.28 has `code` beside `message`. */
                error?: {
                    /** @constant */
                    code: "AccessDenied";
                    message: string;
                };
                message: string;
            };
            message: string;
        };
        JwtCustomizerTestRequest: components["schemas"]["AccessTokenJwtCustomizerTestRequest"] | components["schemas"]["ClientCredentialsJwtCustomizerTestRequest"];
        /** @description An error without a code. */
        MessageError: {
            message: string;
        };
        MfaEmailCodeVerificationRecord: {
            id: string;
            identifier: components["schemas"]["EmailIdentifier"];
            templateType: components["schemas"]["TemplateType"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "MfaEmailVerificationCode";
            verified: boolean;
        };
        /** @enum {string} */
        MfaFactor: "Totp" | "WebAuthn" | "BackupCode" | "EmailVerificationCode" | "PhoneVerificationCode";
        MfaPhoneCodeVerificationRecord: {
            id: string;
            identifier: components["schemas"]["PhoneIdentifier"];
            templateType: components["schemas"]["TemplateType"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "MfaPhoneVerificationCode";
            verified: boolean;
        };
        NewPasswordIdentityVerificationRecord: {
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
        };
        OidcClientMetadata: {
            backchannelLogoutSessionRequired?: boolean;
            /**
             * Format: whatwg-url
             * @description A URL that the WHATWG URL Standard can parse.
             */
            backchannelLogoutUri?: string;
            logoUri?: string;
            postLogoutRedirectUris: components["schemas"]["RedirectUri"][];
            redirectUris: components["schemas"]["RedirectUri"][];
        };
        OneTimeTokenVerificationRecord: {
            id: string;
            identifier: components["schemas"]["EmailIdentifier"];
            oneTimeTokenContext?: {
                interactionEvent?: components["schemas"]["InteractionEvent"];
                jitOrganizationIds?: string[];
            };
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "OneTimeToken";
            verified: boolean;
        };
        /** @description The organization that the token is issued for. */
        OrganizationContext: {
            customData?: components["schemas"]["JsonObject"];
            description?: string | null;
            id?: string;
            name?: string;
        };
        PasswordVerificationRecord: {
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
        };
        PhoneCodeVerificationRecord: {
            id: string;
            identifier: components["schemas"]["PhoneIdentifier"];
            templateType: components["schemas"]["TemplateType"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "PhoneVerificationCode";
            verified: boolean;
        };
        PhoneIdentifier: {
            /** @constant */
            type: "phone";
            value: string;
        };
        ProtectedAppMetadata: {
            additionalScopes?: ("custom_data" | "identities" | "roles" | "urn:logto:scope:organizations" | "urn:logto:scope:organization_roles")[];
            customDomains?: components["schemas"]["CustomDomain"][];
            host: string;
            origin: string;
            pageRules: {
                path: string;
            }[];
            /** @description Seconds. */
            sessionDuration: number;
        };
        /**
         * Format: logto-redirect-uri
         * @description A URL by the WHATWG URL Standard, http(s) or with an application's own scheme. In an http(s) URL, `*` may stand in the host name (if it has a dot) and in the path, never in scheme, port, query or hash, and the path has no dot segments.
         */
        RedirectUri: string;
        /** @description A refusal. `code` is stable, `message` is for people: `Accept-Language` translates it. The bodies of 400, 401, `/test` and the token endpoint say more, see their own schemas. */
        RequestError: {
            code: string;
            message: string;
        };
        Resource: {
            /** @description Seconds. */
            accessTokenTtl: number;
            id: string;
            indicator: string;
            isDefault: boolean;
            name: string;
            tenantId: string;
        };
        /** @description JavaScript that defines a function `getCustomJwtClaims`. A tenant stores it uncompiled and gives it back byte for byte; an empty script switches the customizer off. Storage refuses two texts that the official guards accept: one with U+0000 (500) and one with a lone surrogate (422). */
        Script: string;
        SignInPasskeyVerificationRecord: {
            id: string;
            registrationRpId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "SignInPasskey";
            userId?: string;
            verified: boolean;
        };
        SocialUserInfo: {
            avatar?: string;
            email?: string;
            id: string;
            name?: string;
            phone?: string;
            /** @description Any JSON, as the identity provider answered it. */
            rawData?: unknown;
        };
        SocialVerificationRecord: {
            connectorId: string;
            id: string;
            socialUserInfo?: components["schemas"]["SocialUserInfo"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Social";
        };
        /** @enum {string} */
        TemplateType: "SignIn" | "Register" | "ForgotPassword" | "OrganizationInvitation" | "Generic" | "UserPermissionValidation" | "BindNewIdentifier" | "MfaVerification" | "BindMfa";
        /** @description An error of OAuth 2.0 (RFC 6749, section 5.2) with Logto's `code` and `message` beside it. */
        TokenError: {
            code: string;
            error: string;
            error_description: string;
            message: string;
        };
        /** @description The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4) with a resource indicator (RFC 8707). */
        TokenRequest: {
            /** @description The application's id. Left out when HTTP Basic carries id and secret. */
            client_id?: string;
            /** Format: password */
            client_secret?: string;
            /** @constant */
            grant_type: "client_credentials";
            /** @description The indicator of the Management API: `https://{tenantId}.logto.app/api` on Logto Cloud, also when a custom domain is called; `https://default.logto.app/api` on a self-hosted Logto. */
            resource?: string;
            /** @description `all` is the one permission of the Management API. */
            scope?: string;
        };
        TokenResponse: {
            access_token: string;
            /** @description Seconds. */
            expires_in: number;
            /** @description What was granted. Absent when nothing was: the application lacks the Management API role, and the API answers 403. */
            scope?: string;
            /** @constant */
            token_type: "Bearer";
        };
        /** @enum {string} */
        TokenType: "access-token" | "client-credentials";
        TotpVerificationRecord: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Totp";
            userId: string;
            verified: boolean;
        };
        UnauthorizedError: {
            /** @enum {string} */
            code: "auth.authorization_header_missing" | "auth.authorization_token_type_not_supported" | "auth.unauthorized";
            /** @description Why the token was refused, or the authorization schemes that are supported. */
            data?: {
                code?: string;
                name?: string;
                supportedTypes?: string[];
            };
            message: string;
        };
        UserAddress: {
            country?: string;
            formatted?: string;
            locality?: string;
            postalCode?: string;
            region?: string;
            streetAddress?: string;
        };
        /** @description The user that the token is issued to, as the script sees it. */
        UserContext: {
            applicationId?: string | null;
            avatar?: string | null;
            cimdClientId?: string | null;
            /** @description Milliseconds since 1970. */
            createdAt?: number;
            customData?: components["schemas"]["JsonObject"];
            hasPassword?: boolean;
            id?: string;
            /** @description Social identities by the connector's target, for example `github`. */
            identities?: {
                [key: string]: components["schemas"]["UserIdentity"];
            };
            isSuspended?: boolean;
            /** @description Milliseconds since 1970. */
            lastSignInAt?: number | null;
            mfaVerificationFactors?: components["schemas"]["MfaFactor"][];
            name?: string | null;
            organizationRoles?: components["schemas"]["UserOrganizationRole"][];
            organizations?: components["schemas"]["UserOrganization"][];
            primaryEmail?: string | null;
            primaryPhone?: string | null;
            profile?: components["schemas"]["UserProfile"];
            roles?: components["schemas"]["UserRole"][];
            ssoIdentities?: components["schemas"]["UserSsoIdentity"][];
            /** @description Milliseconds since 1970. */
            updatedAt?: number;
            username?: string | null;
        };
        UserIdentity: {
            details?: components["schemas"]["JsonObject"];
            /** @description The user's id at the identity provider. */
            userId: string;
        };
        UserOrganization: {
            description: string | null;
            id: string;
            name: string;
        };
        UserOrganizationRole: {
            organizationId: string;
            roleId: string;
            roleName: string;
        };
        UserProfile: {
            address?: components["schemas"]["UserAddress"];
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
        };
        UserRole: {
            description: string;
            id: string;
            name: string;
            scopes: components["schemas"]["UserRoleScope"][];
        };
        UserRoleScope: {
            description: string | null;
            id: string;
            name: string;
            resource: components["schemas"]["Resource"];
            resourceId: string;
        };
        UserSsoIdentity: {
            detail: components["schemas"]["JsonObject"];
            identityId: string;
            issuer: string;
        };
        /** @description How the user proved who they are, without the secrets. */
        VerificationRecord: components["schemas"]["PasswordVerificationRecord"] | components["schemas"]["EmailCodeVerificationRecord"] | components["schemas"]["PhoneCodeVerificationRecord"] | components["schemas"]["MfaEmailCodeVerificationRecord"] | components["schemas"]["MfaPhoneCodeVerificationRecord"] | components["schemas"]["SocialVerificationRecord"] | components["schemas"]["EnterpriseSsoVerificationRecord"] | components["schemas"]["TotpVerificationRecord"] | components["schemas"]["BackupCodeVerificationRecord"] | components["schemas"]["WebAuthnVerificationRecord"] | components["schemas"]["SignInPasskeyVerificationRecord"] | components["schemas"]["OneTimeTokenVerificationRecord"] | components["schemas"]["NewPasswordIdentityVerificationRecord"];
        WebAuthnVerificationRecord: {
            id: string;
            registrationRpId?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "WebAuthn";
            userId: string;
            verified: boolean;
        };
    };
    responses: {
        /** @description The request body has more than 1 MiB (1,048,576 bytes). It reads like a missing customizer and is not one. */
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
                "application/json": components["schemas"]["TokenError"];
            };
        };
        /** @description There was none. The customizer as it is now stored. */
        CreatedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizer"];
            };
        };
        /** @description No such customizer. */
        CustomizerNotFound: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestError"];
            };
        };
        /** @description In JSON: no such customizer. In plain text: the request body has more than 1 MiB (1,048,576 bytes). */
        CustomizerNotFoundOrBodyTooLarge: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestError"];
                "text/plain": "Not Found";
            };
        };
        /** @description A valid access token without the permission `all`. The application lacks the Management API role. */
        Forbidden: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestError"];
            };
        };
        /** @description The tenant failed. U+0000 in `script` is answered so too. */
        InternalServerError: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MessageError"];
            };
        };
        /** @description The path or the body is not valid. Checked after authorization and before existence. */
        InvalidInput: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidInputError"] | components["schemas"]["MessageError"];
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
                "application/json": components["schemas"]["JwtCustomizer"];
            };
        };
        /** @description The customizers that exist. */
        JwtCustomizerConfigs: {
            headers: {
                ETag: components["headers"]["ETag"];
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizerConfigs"];
            };
        };
        /** @description What this path answers to a method that it does not have. */
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
        /** @description Storage refuses the body, for example a lone surrogate in `script`. */
        NotStorable: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RequestError"];
            };
        };
        /** @description The customizer as it is now stored. */
        ReplacedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizer"];
            };
        };
        /** @description The claims that the script returned. */
        TestClaims: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Claims"];
            };
        };
        /** @description The script called `api.denyAccess`, or the access token lacks the permission `all`. */
        TestDenied: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizerError"] | components["schemas"]["RequestError"];
            };
        };
        /** @description The script does not compile, throws, does not define `getCustomJwtClaims`, returns no object, or ran out of time (3 s up to 1.42, 5 s from 1.43). */
        TestFailed: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizerError"];
            };
        };
        /** @description The script returned a value that the answer cannot hold, or threw something odd. */
        TestInternalServerError: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["MessageError"] | components["schemas"]["JwtCustomizerError"];
            };
        };
        /** @description Granted. */
        Token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenResponse"];
            };
        };
        /** @description The client or the resource is unknown. */
        TokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenError"];
            };
        };
        /** @description No valid access token. There is no `WWW-Authenticate`. */
        Unauthorized: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedError"];
            };
        };
        /** @description The token type does not exist. */
        UnknownTokenType: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InvalidInputError"];
            };
        };
        /** @description The whole customizer as it is now stored. */
        UpdatedJwtCustomizer: {
            headers: {
                "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["JwtCustomizer"];
            };
        };
    };
    parameters: {
        /** @description Whose tokens the customizer is for. */
        TokenTypePath: components["schemas"]["TokenType"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description The methods that this path has.
         * @example PUT, PATCH, HEAD, GET, DELETE
         */
        Allow: string;
        /**
         * @description Made of the content alone. It tells whether something changed; it cannot guard a write, which ignores `If-Match` and `If-None-Match`.
         * @example "36-bzUtCDZbuCTpD0rByI8PIreyy6A"
         */
        ETag: string;
        /**
         * @description Names this exchange in the tenant's logs. Quote it to Logto's support.
         * @example K3E8-GiJ6Rjmyww3
         */
        LogtoCoreRequestId: string;
    };
    pathItems: never;
}
export type AccessTokenContextSample = components['schemas']['AccessTokenContextSample'];
export type AccessTokenJwtCustomizer = components['schemas']['AccessTokenJwtCustomizer'];
export type AccessTokenJwtCustomizerConfig = components['schemas']['AccessTokenJwtCustomizerConfig'];
export type AccessTokenJwtCustomizerTestRequest = components['schemas']['AccessTokenJwtCustomizerTestRequest'];
export type AccessTokenTokenSample = components['schemas']['AccessTokenTokenSample'];
export type ApplicationContext = components['schemas']['ApplicationContext'];
export type Audience = components['schemas']['Audience'];
export type BackupCodeVerificationRecord = components['schemas']['BackupCodeVerificationRecord'];
export type BlockIssuanceOnError = components['schemas']['BlockIssuanceOnError'];
export type Claims = components['schemas']['Claims'];
export type ClientCredentialsContextSample = components['schemas']['ClientCredentialsContextSample'];
export type ClientCredentialsJwtCustomizer = components['schemas']['ClientCredentialsJwtCustomizer'];
export type ClientCredentialsJwtCustomizerConfig = components['schemas']['ClientCredentialsJwtCustomizerConfig'];
export type ClientCredentialsJwtCustomizerTestRequest = components['schemas']['ClientCredentialsJwtCustomizerTestRequest'];
export type ClientCredentialsTokenSample = components['schemas']['ClientCredentialsTokenSample'];
export type CloudflareData = components['schemas']['CloudflareData'];
export type CustomClientMetadata = components['schemas']['CustomClientMetadata'];
export type CustomDomain = components['schemas']['CustomDomain'];
export type EmailCodeVerificationRecord = components['schemas']['EmailCodeVerificationRecord'];
export type EmailIdentifier = components['schemas']['EmailIdentifier'];
export type EnterpriseSsoUserInfo = components['schemas']['EnterpriseSsoUserInfo'];
export type EnterpriseSsoVerificationRecord = components['schemas']['EnterpriseSsoVerificationRecord'];
export type EnvironmentVariables = components['schemas']['EnvironmentVariables'];
export type GrantContext = components['schemas']['GrantContext'];
export type InteractionContext = components['schemas']['InteractionContext'];
export type InteractionEvent = components['schemas']['InteractionEvent'];
export type InvalidInputError = components['schemas']['InvalidInputError'];
export type InvalidInputIssue = components['schemas']['InvalidInputIssue'];
export type JsonObject = components['schemas']['JsonObject'];
export type JwtCustomizer = components['schemas']['JwtCustomizer'];
export type JwtCustomizerConfigs = components['schemas']['JwtCustomizerConfigs'];
export type JwtCustomizerError = components['schemas']['JwtCustomizerError'];
export type JwtCustomizerTestRequest = components['schemas']['JwtCustomizerTestRequest'];
export type MessageError = components['schemas']['MessageError'];
export type MfaEmailCodeVerificationRecord = components['schemas']['MfaEmailCodeVerificationRecord'];
export type MfaFactor = components['schemas']['MfaFactor'];
export type MfaPhoneCodeVerificationRecord = components['schemas']['MfaPhoneCodeVerificationRecord'];
export type NewPasswordIdentityVerificationRecord = components['schemas']['NewPasswordIdentityVerificationRecord'];
export type OidcClientMetadata = components['schemas']['OidcClientMetadata'];
export type OneTimeTokenVerificationRecord = components['schemas']['OneTimeTokenVerificationRecord'];
export type OrganizationContext = components['schemas']['OrganizationContext'];
export type PasswordVerificationRecord = components['schemas']['PasswordVerificationRecord'];
export type PhoneCodeVerificationRecord = components['schemas']['PhoneCodeVerificationRecord'];
export type PhoneIdentifier = components['schemas']['PhoneIdentifier'];
export type ProtectedAppMetadata = components['schemas']['ProtectedAppMetadata'];
export type RedirectUri = components['schemas']['RedirectUri'];
export type RequestError = components['schemas']['RequestError'];
export type Resource = components['schemas']['Resource'];
export type Script = components['schemas']['Script'];
export type SignInPasskeyVerificationRecord = components['schemas']['SignInPasskeyVerificationRecord'];
export type SocialUserInfo = components['schemas']['SocialUserInfo'];
export type SocialVerificationRecord = components['schemas']['SocialVerificationRecord'];
export type TemplateType = components['schemas']['TemplateType'];
export type TokenError = components['schemas']['TokenError'];
export type TokenRequest = components['schemas']['TokenRequest'];
export type TokenResponse = components['schemas']['TokenResponse'];
export type TokenType = components['schemas']['TokenType'];
export type TotpVerificationRecord = components['schemas']['TotpVerificationRecord'];
export type UnauthorizedError = components['schemas']['UnauthorizedError'];
export type UserAddress = components['schemas']['UserAddress'];
export type UserContext = components['schemas']['UserContext'];
export type UserIdentity = components['schemas']['UserIdentity'];
export type UserOrganization = components['schemas']['UserOrganization'];
export type UserOrganizationRole = components['schemas']['UserOrganizationRole'];
export type UserProfile = components['schemas']['UserProfile'];
export type UserRole = components['schemas']['UserRole'];
export type UserRoleScope = components['schemas']['UserRoleScope'];
export type UserSsoIdentity = components['schemas']['UserSsoIdentity'];
export type VerificationRecord = components['schemas']['VerificationRecord'];
export type WebAuthnVerificationRecord = components['schemas']['WebAuthnVerificationRecord'];
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
                /** @description Whose tokens the customizer is for. */
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
                /** @description Whose tokens the customizer is for. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JwtCustomizer"];
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
                /** @description Whose tokens the customizer is for. */
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
                /** @description Whose tokens the customizer is for. */
                tokenTypePath: components["parameters"]["TokenTypePath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JwtCustomizer"];
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
    RequestToken: {
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
        /** Read a customizer */
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
                /** @description No such customizer. */
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
         * @description What is left out is removed.
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
                /** @description The customizer as it is now stored. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AccessTokenJwtCustomizer"];
                    };
                };
                /** @description There was none. The customizer as it is now stored. */
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
                /** @description No such customizer. */
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
         * @description A shallow merge: a field that is left out is kept, one that is sent replaces the stored one whole. `script` must be sent. A field cannot be removed; PUT replaces everything. The merge has no lock: of two simultaneous updates one is lost, and both are answered 200.
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
                /** @description The whole customizer as it is now stored. */
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
                /** @description In JSON: no such customizer. In plain text: the request body has more than 1 MiB (1,048,576 bytes). */
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
        /** Read a customizer */
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
                /** @description No such customizer. */
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
         * @description What is left out is removed.
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
                /** @description The customizer as it is now stored. */
                200: {
                    headers: {
                        "Logto-Core-Request-Id": components["headers"]["LogtoCoreRequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCredentialsJwtCustomizer"];
                    };
                };
                /** @description There was none. The customizer as it is now stored. */
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
                /** @description No such customizer. */
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
         * @description A shallow merge: a field that is left out is kept, one that is sent replaces the stored one whole. `script` must be sent. A field cannot be removed; PUT replaces everything. The merge has no lock: of two simultaneous updates one is lost, and both are answered 200.
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
                /** @description The whole customizer as it is now stored. */
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
                /** @description In JSON: no such customizer. In plain text: the request body has more than 1 MiB (1,048,576 bytes). */
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
         * @description Nothing is stored. A token type, its sample token and its sample context stand side by side; the tenant's own document nests them under `payload`, which is refused.
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
         * @description Client id and secret go into the form, or into HTTP Basic authentication.
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
