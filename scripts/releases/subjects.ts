import { schemas } from '../../contracts/guards/check.ts';
import { validators } from '../../src/mock/validators.ts';
import {
  type BodyGuard,
  type BodyGuards,
  guardsOfDocument,
  guardsOfRelease,
  type JsonSchema,
  type JsonSchemas,
  type TokenType,
} from '../../src/tenant/index.ts';
import type { Described } from './guards.ts';

/** What a person sends, of one token type. */
export interface Subject {
  tokenType: TokenType;
  body: 'customizer' | 'testRequest';
  /** Its schema in the document. */
  schema: string;
}

export const subjects: readonly Subject[] = [
  { tokenType: 'access-token', body: 'customizer', schema: 'AccessTokenJwtCustomizer' },
  { tokenType: 'client-credentials', body: 'customizer', schema: 'ClientCredentialsJwtCustomizer' },
  { tokenType: 'access-token', body: 'testRequest', schema: 'AccessTokenJwtCustomizerTestRequest' },
  {
    tokenType: 'client-credentials',
    body: 'testRequest',
    schema: 'ClientCredentialsJwtCustomizerTestRequest',
  },
];

export const guardOf = (guards: BodyGuards, { body, tokenType }: Subject): BodyGuard =>
  body === 'customizer' ? guards.customizers[tokenType] : guards.testRequest;

/** The guards that our document makes: what it says, without a release, of the newest. */
export const documentGuards = guardsOfDocument(validators, schemas as JsonSchemas);

/** Our document as a release sees it. */
export const documentGuardsOf = (release: string): BodyGuards =>
  guardsOfRelease(documentGuards, release, schemas as JsonSchemas);

/** What a release's guards say of the body. */
export const describedOf = (described: Described, { tokenType, body }: Subject): JsonSchema => {
  if (body === 'customizer') return described[tokenType];
  const variants = described.testRequest.anyOf ?? [];
  return (
    variants.find(({ properties }) => properties?.['tokenType']?.const === tokenType) ?? described.testRequest
  );
};
