import type * as PrismHttp from '@stoplight/prism-http';
import type { TokenType } from '../../generated/types.d.ts';
import type { Document } from './document.ts';
import type { Operation } from './operation.ts';
import type { Preference } from './prefer.ts';

type Prism = typeof PrismHttp;
type Resource = Awaited<ReturnType<Prism['getHttpOperationsFromSpec']>>[number];
type Components = Parameters<Prism['createInstance']>[1];

/** What Prism composed, not yet serialized. */
export interface Composed {
  status: number;
  headers: Record<string, string>;
  mediaType: string | undefined;
  body: unknown;
}

/** Prism's engine with the document loaded. */
export interface Engine {
  operations: Operation[];
  /** Composes the answer that a preference asks for; a problem (RFC 9457) when the document does not have it. */
  compose: (
    operation: Operation,
    preference: Preference & { mediaType?: string },
    tokenType: TokenType | undefined,
  ) => Promise<Composed>;
  /** A problem of Prism's: a preference that cannot be fulfilled (404) or read (422). */
  problem: (status: 404 | 422, detail: string) => Composed;
}

const importPrism = async (): Promise<Prism> => {
  try {
    return await import('@stoplight/prism-http');
  } catch (error) {
    const isAbsent =
      error instanceof Error &&
      'code' in error &&
      error.code === 'ERR_MODULE_NOT_FOUND' &&
      error.message.includes("'@stoplight/prism-http'");
    if (!isAbsent) throw error;
    throw new Error(
      'The mock needs Prism, which is not installed. Add it: npm install --save-dev @stoplight/prism-http',
    );
  }
};

/** Prism would write bodies and bearer tokens. */
const silence = (): Components['logger'] => {
  const ignore = (): void => {};
  const logger: Record<string, unknown> = { child: () => logger };
  for (const level of ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal']) logger[level] = ignore;
  return logger as unknown as Components['logger'];
};

const variants: Record<TokenType, string> = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
};

/** A body that Prism generates from `anyOf` may be of either variant. Here there is one left. */
const narrowed = (text: string, tokenType: TokenType): object => {
  const document: Document = JSON.parse(text);
  document.components.schemas['JwtCustomizer'] = { $ref: `#/components/schemas/${variants[tokenType]}` };
  return document;
};

const toOperation = ({ iid, method, path, request, responses }: Resource): Operation => {
  const examplesOf = (examples: readonly { key: string; value?: unknown }[] = []) =>
    examples.map(({ key, value }) => ({ key, value }));
  return {
    id: iid ?? '',
    method: method.toLowerCase(),
    path,
    statuses: responses.map(({ code }) => Number(code)).sort((a, b) => a - b),
    requestExamples: (request?.body?.contents ?? []).flatMap(({ examples }) => examplesOf(examples)),
    contents: responses.flatMap(({ code, contents = [] }) =>
      contents.map(({ mediaType, examples }) => ({
        status: Number(code),
        mediaType,
        examples: examplesOf(examples),
      })),
    ),
  };
};

/** Prism gives a header without an example the value null. */
const textsOf = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => name.toLowerCase() !== 'content-type' && typeof value === 'string')
      .map(([name, value]) => [name, String(value)]),
  );

const mediaTypeOf = (headers: Record<string, unknown>): string | undefined => {
  const header = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return header === undefined ? undefined : String(header[1]);
};

/**
 * Loads the document into Prism's engine.
 *
 * @param headers - of a problem, which the document does not have
 * @throws when `@stoplight/prism-http` is not installed; the message has the command that adds it
 */
export const loadEngine = async (document: string, headers: Record<string, string>): Promise<Engine> => {
  const prism = await importPrism();
  const resources: Record<TokenType, Resource[]> = {
    'access-token': await prism.getHttpOperationsFromSpec(narrowed(document, 'access-token')),
    'client-credentials': await prism.getHttpOperationsFromSpec(narrowed(document, 'client-credentials')),
  };
  // Routing and validation are done before Prism is asked: its own validators judge by draft-07.
  const config = {
    isProxy: false as const,
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  };
  const engine = prism.createInstance(config, { logger: silence() });

  const toComposed = (error: Error): Composed => {
    const problem = prism.ProblemJsonError.toProblemJson(error);
    return { status: problem.status, headers, mediaType: 'application/problem+json', body: problem };
  };

  return {
    operations: resources['access-token'].map(toOperation),
    compose: async (operation, { code, example, dynamic, seed, mediaType }, tokenType = 'access-token') => {
      const resource = resources[tokenType].find(
        ({ method, path }) => method.toLowerCase() === operation.method && path === operation.path,
      );
      if (resource === undefined) throw new Error(`the document has no operation ${operation.id}`);
      // Fresh for each request: Prism writes into `mock`.
      const mock = {
        dynamic: dynamic ?? false,
        ...(code !== undefined && { code }),
        ...(example !== undefined && { exampleKey: example }),
        ...(seed !== undefined && { seed }),
        ...(mediaType !== undefined && { mediaTypes: [mediaType] }),
      };
      // Neither headers nor body: Prism throws at an odd Accept and logs the rest.
      const input = { method: resource.method as 'get', url: { path: resource.path } };
      const result = await engine.request(input, [resource], { ...config, mock })();
      if (result._tag === 'Left') return toComposed(result.left);
      const { statusCode, headers = {}, body } = result.right.output;
      return { status: statusCode, headers: textsOf(headers), mediaType: mediaTypeOf(headers), body };
    },
    problem: (status, detail) =>
      toComposed(
        prism.ProblemJsonError.fromTemplate(
          status === 404 ? prism.NOT_FOUND : prism.UNPROCESSABLE_ENTITY,
          detail,
        ),
      ),
  };
};
