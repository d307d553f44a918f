/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
import type { components } from './types.d.ts';

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
