import { type Subject, schemas } from '../../contracts/guards/subjects.ts';
import { validators } from '../../src/mock/validators.ts';
import {
  type BodyGuards,
  guardsOfDocument,
  guardsOfRelease,
  type JsonSchema,
  type JsonSchemas,
} from '../../src/tenant/index.ts';
import type { Described } from './guards.ts';

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
