/** The request bodies with our validators and the guards that Logto's server runs (`@logto/schemas`). */
import document from '../../generated/openapi.json' with { type: 'json' };
import type { Validate, ValidationIssue } from '../../generated/validators/issue.d.ts';
import * as validators from '../../generated/validators/request.js';
import {
  type BodyGuard,
  type BodyGuards,
  type JsonSchemas,
  schemasOf,
  type TokenType,
  tokenTypes,
} from '../../src/tenant/index.ts';
import { officialGuards, officialRelease } from '../conforming/guards.ts';

/** A kind of request body, for one token type. */
export interface Subject {
  tokenType: TokenType;
  /** Only a customizer is stored, so only then can storage refuse what the guard accepts. */
  body: 'customizer' | 'testRequest';
  /** The name of its schema in the document. */
  schema: string;
  validate: Validate;
  /** Logto's own guard. */
  official: BodyGuard;
}

export const guardOf = (
  guards: BodyGuards,
  { body, tokenType }: Pick<Subject, 'body' | 'tokenType'>,
): BodyGuard => (body === 'customizer' ? guards.customizers[tokenType] : guards.testRequest);

/** The guard checks the body's own `tokenType` first, as users of our validators do. */
const validateTestRequest: Validate = (body) =>
  (body as { tokenType?: unknown } | null)?.tokenType === 'client-credentials'
    ? validators.validateClientCredentialsJwtCustomizerTestRequest(body)
    : validators.validateAccessTokenJwtCustomizerTestRequest(body);

const customizers = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
};

const validate = {
  'access-token': validators.validateAccessTokenJwtCustomizer,
  'client-credentials': validators.validateClientCredentialsJwtCustomizer,
};

export const subjects: readonly Subject[] = (['customizer', 'testRequest'] as const).flatMap((body) =>
  tokenTypes.map((tokenType) => ({
    tokenType,
    body,
    schema: `${customizers[tokenType]}${body === 'customizer' ? '' : 'TestRequest'}`,
    validate: body === 'customizer' ? validate[tokenType] : validateTestRequest,
    official: guardOf(officialGuards, { body, tokenType }),
  })),
);

export const schemas = document.components.schemas as Record<string, { [keyword: string]: unknown }>;

const namesIn = (some: typeof schemas): string[] => [
  ...new Set(Object.values(some).flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** Every property name in our schemas: the most likely ones in wrong places. */
export const names = namesIn(schemas);

/** Our schemas and their names for the release of the installed guards. */
export const officialSchemas = schemasOf(officialRelease, schemas as JsonSchemas) as typeof schemas;
export const officialNames = namesIn(officialSchemas);

/**
 * The only exception: what storage refuses although the guards accept it (recordings "refused: U+0000 in the
 * script", "refused: lone surrogate in the script"). Only `script` has a pattern.
 */
export const storageRefuses = ({ keyword, pointer }: ValidationIssue): boolean =>
  keyword === 'pattern' && pointer === '/script';
