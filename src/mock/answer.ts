import type { TokenType } from '../../generated/types.d.ts';
import type { JsonSchemas } from '../tenant/index.ts';
import { refuseAuthorization } from './authorization.ts';
import { decide } from './decide.ts';
import { judge } from './judge.ts';
import type { Answer, MockRequest, MockResponse } from './message.ts';
import type { Operation } from './operation.ts';
import type { Responder } from './respond.ts';
import { allowOf, findRoute, type Route } from './routes.ts';
import { decideToken, type MockClient } from './token-endpoint.ts';

/** What the answers are made from. */
export interface Sources {
  /** The document's text. */
  document: string;
  operations: readonly Operation[];
  tokenTypes: readonly TokenType[];
  schemas: JsonSchemas;
  /** The headers of a response that the document does not have. */
  headers: Record<string, string>;
  clients: readonly MockClient[];
  responder: Responder;
}

const withBody = ['patch', 'put', 'post'];

/** A request's way through the mock: route, authorization, body, guard, example; Prism composes the response. */
export const makeAnswer = (sources: Sources): Answer => {
  const { operations, responder } = sources;

  const plain = (status: number, text: string, headers: Record<string, string> = {}): MockResponse => ({
    status,
    headers: { ...sources.headers, ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
    text,
  });

  const methodNotAllowed = (route: Route): MockResponse | Promise<MockResponse> => {
    const documented = route.operations.find(({ statuses }) => statuses.includes(405));
    return documented === undefined
      ? plain(405, 'Method Not Allowed', { Allow: allowOf(route.operations) })
      : responder.compose(documented, { code: 405 });
  };

  const manage = async (route: Route, request: MockRequest): Promise<MockResponse> => {
    const { operation } = route;
    if (operation === undefined) return methodNotAllowed(route);
    const unauthorized = refuseAuthorization(request.authorization);
    if (unauthorized !== undefined) return responder.refuse(operation, unauthorized, request);
    const hasBody = withBody.includes(operation.method);
    const bytes = hasBody ? await request.readBody() : undefined;
    if (hasBody && bytes === undefined)
      return responder.refuse(operation, { status: 404, example: 'body-too-large' }, request);
    const judgement = judge(route.tokenTypePath, bytes, sources.tokenTypes, sources.schemas);
    const { tokenType } = judgement;
    if ('refusal' in judgement) return responder.refuse(operation, judgement.refusal, request, tokenType);
    const decision = decide({ operation, tokenType, body: judgement.body });
    return responder.accept(operation, decision, request, tokenType);
  };

  const grant = async (route: Route, request: MockRequest): Promise<MockResponse> => {
    const { operation } = route;
    if (operation === undefined) return methodNotAllowed(route);
    const bytes = await request.readBody();
    if (bytes === undefined) return plain(404, 'Not Found');
    const form = new URLSearchParams(new TextDecoder().decode(bytes));
    const decision = decideToken({ form, authorization: request.authorization }, sources.clients);
    return decision.status === 200
      ? responder.accept(operation, decision, request)
      : responder.refuse(operation, decision, request);
  };

  const describe = (method: string): MockResponse =>
    method === 'GET' || method === 'HEAD'
      ? {
          status: 200,
          headers: { ...sources.headers, 'Content-Type': 'application/json; charset=utf-8' },
          text: sources.document,
        }
      : plain(405, 'Method Not Allowed', { Allow: 'HEAD, GET' });

  return async (request) => {
    if (request.path === '/api/swagger.json') return describe(request.method);
    const route = findRoute(operations, request.method, request.path);
    if (route === undefined) return plain(404, 'Not Found');
    const isTokenEndpoint = route.operations[0].id === 'RequestToken';
    return isTokenEndpoint ? grant(route, request) : manage(route, request);
  };
};
