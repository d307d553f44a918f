import { isObject, type Json, valueAt } from '../contract/json.ts';
import { asText, canonical, stringsIn } from './json.ts';
import {
  at,
  children,
  follow,
  type JsonObject,
  type Located,
  UnreadableDocumentError,
} from './references.ts';
import { createShapes } from './schema.ts';
import type { Shape } from './shape.ts';

/** The paths that are compared: those of the customizers, whatever else a document describes. */
const customizerPaths = /^\/api\/configs\/jwt-customizer(?:\/|$)/;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Something with a schema: a parameter, a header, what a media type holds. */
export interface Described {
  name: string;
  pointer: string;
  isRequired: boolean;
  /** Nothing when the document says nothing about it. */
  shape?: Shape | undefined;
  /** What else is said about it, by keyword. */
  keywords: ReadonlyMap<string, Json>;
}

export interface Body {
  pointer: string;
  isRequired: boolean;
  /** By media type, in lower case and without parameters. */
  content: ReadonlyMap<string, Described>;
}

export interface Response {
  status: string;
  pointer: string;
  headers: ReadonlyMap<string, Described>;
  body?: Body | undefined;
  keywords: ReadonlyMap<string, Json>;
}

export interface Operation {
  /** `PATCH /api/…`, as the document writes it. */
  name: string;
  pointer: string;
  /** By place and name; those of the path by their position, since their names do not matter. */
  parameters: ReadonlyMap<string, Described>;
  body?: Body | undefined;
  responses: ReadonlyMap<string, Response>;
  /** Ways to authorize, each as sorted text; undefined when the document says nothing. */
  security?: readonly string[] | undefined;
  keywords: ReadonlyMap<string, Json>;
}

const sentences = [
  'tags',
  'summary',
  'description',
  'externalDocs',
  'operationId',
  'example',
  'examples',
  'name',
  'in',
];

/** What is said beside what is compared piece by piece; what says the same as its absence is left out. */
const otherKeywords = (
  located: Located,
  compared: readonly string[],
  defaults: JsonObject = {},
): Map<string, Json> =>
  new Map(
    children(located)
      .filter(
        ([keyword, { value }]) =>
          !compared.includes(keyword) &&
          !sentences.includes(keyword) &&
          !keyword.startsWith('x-') &&
          canonical(value) !== canonical(defaults[keyword] ?? false) &&
          !(
            (Array.isArray(value) && value.length === 0) ||
            (isObject(value) && Object.keys(value).length === 0)
          ),
      )
      .map(([keyword, { value }]) => [keyword, value]),
  );

/** How a value is written into a place, unless the document says otherwise. */
const styleOf = (place: Json | undefined): string =>
  place === 'query' || place === 'cookie' ? 'form' : 'simple';

const positionIn = (path: string, name: string): number =>
  [...path.matchAll(/\{([^}]*)\}/g)].findIndex(([, found]) => found === name);

/** Bearer tokens, whoever gives them out, are one way; others are what the scheme says. */
const kindOf = (scheme: Json | undefined): string => {
  if (!isObject(scheme)) return 'unknown';
  const { type } = scheme;
  if (type === 'oauth2' || type === 'openIdConnect') return 'bearer';
  if (type === 'http') return asText(scheme['scheme']).toLowerCase();
  return canonical({ type: type ?? null, in: scheme['in'] ?? null, name: scheme['name'] ?? null });
};

const read = new WeakMap<object, Map<string, Operation>>();

/**
 * Reads the operations of the customizers out of an OpenAPI 3 document, by method and path; parameters in a path count
 * by their position. A document that was read before is not read again: it must not be changed.
 *
 * @throws {UnreadableDocumentError} when it is no such document, or a reference in it leads nowhere.
 */
export const operationsOf = (document: Json): Map<string, Operation> => {
  const known = isObject(document) ? read.get(document) : undefined;
  if (known !== undefined) return known;
  const root: Located = { value: document, pointer: '' };
  if (!isObject(document) || !isObject(document['paths']) || !/^3\./.test(asText(document['openapi'])))
    throw new UnreadableDocumentError('this is no OpenAPI 3 document: it has no `openapi: 3.…` with `paths`');
  const shapeOf = createShapes(document);
  const followed = (located: Located): Located => follow(document, located);
  const entries = (located: Located | undefined): [string, Located][] =>
    children(located && followed(located)).filter(([key]) => !key.startsWith('x-'));

  const schemaAt = (located: Located): Shape | undefined => {
    const schema = at(located, 'schema');
    return schema && shapeOf(schema);
  };

  const contentOf = (located: Located): Map<string, Described> =>
    new Map(
      entries(at(located, 'content')).map(([name, place]) => {
        const type = followed(place);
        return [
          name.toLowerCase().replace(/\s*;.*$/, ''),
          {
            name,
            pointer: type.pointer,
            isRequired: true,
            shape: schemaAt(type),
            keywords: otherKeywords(type, ['schema']),
          },
        ];
      }),
    );

  const bodyOf = (located: Located | undefined): Body | undefined => {
    if (located === undefined) return undefined;
    const body = followed(located);
    const content = contentOf(body);
    const isRequired = isObject(body.value) && body.value['required'] === true;
    return content.size === 0 ? undefined : { pointer: body.pointer, isRequired, content };
  };

  const described = (located: Located, name: string): Described => {
    const value = isObject(located.value) ? located.value : {};
    const [content] = contentOf(located).values();
    const style = value['style'] ?? styleOf(value['in']);
    return {
      name,
      pointer: located.pointer,
      isRequired: value['required'] === true,
      shape: schemaAt(located) ?? content?.shape,
      keywords: otherKeywords(located, ['required', 'schema', 'content'], {
        style: styleOf(value['in']),
        explode: style === 'form',
      }),
    };
  };

  const parametersOf = (path: string, places: readonly (Located | undefined)[]): Map<string, Described> =>
    new Map(
      places
        .flatMap((place) => entries(place))
        .map(([, place]) => {
          const parameter = followed(place);
          const value = isObject(parameter.value) ? parameter.value : {};
          const [name, where] = [asText(value['name']), asText(value['in'])];
          const key =
            where === 'path'
              ? `path ${positionIn(path, name)}`
              : `${where} ${where === 'header' ? name.toLowerCase() : name}`;
          return [key, described(parameter, `${where} ${name}`)];
        }),
    );

  const responseOf = (status: string, place: Located): Response => {
    const response = followed(place);
    const body = bodyOf(response);
    return {
      status,
      pointer: response.pointer,
      headers: new Map(
        entries(at(response, 'headers')).map(([name, header]) => [
          name.toLowerCase(),
          described(followed(header), name),
        ]),
      ),
      body: body && { ...body, isRequired: true },
      keywords: otherKeywords(response, ['headers', 'content']),
    };
  };

  const schemes = valueAt(document, '/components/securitySchemes');
  const schemeOf = (name: string): Json | undefined => (isObject(schemes) ? schemes[name] : undefined);
  const securityOf = (operation: JsonObject): string[] | undefined => {
    const ways = operation['security'] ?? document['security'];
    if (!Array.isArray(ways)) return undefined;
    const written = ways.map((way) =>
      Object.entries(isObject(way) ? way : {})
        .map(([name, scopes]) => {
          return [kindOf(schemeOf(name)), ...stringsIn(scopes).sort()].join(' ');
        })
        .sort()
        .join(' and '),
    );
    return [...new Set(written)].sort();
  };

  const operationOf = (path: string, method: string, item: Located, place: Located): Operation => ({
    name: `${method.toUpperCase()} ${path}`,
    pointer: place.pointer,
    parameters: parametersOf(path, [at(item, 'parameters'), at(place, 'parameters')]),
    body: bodyOf(at(place, 'requestBody')),
    responses: new Map(
      entries(at(place, 'responses')).map(([status, response]) => [
        status.toUpperCase(),
        responseOf(status.toUpperCase(), response),
      ]),
    ),
    security: securityOf(place.value as JsonObject),
    keywords: otherKeywords(place, ['parameters', 'requestBody', 'responses', 'security']),
  });

  const operations = new Map(
    entries(at(root, 'paths'))
      .filter(([path]) => customizerPaths.test(path))
      .flatMap(([path, place]) => {
        const item = followed(place);
        return children(item)
          .filter(([method]) => methods.includes(method))
          .map(([method, operation]): [string, Operation] => {
            if (!isObject(operation.value))
              throw new UnreadableDocumentError(`${operation.pointer} is no operation`);
            const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
            return [key, operationOf(path, method, item, operation)];
          });
      }),
  );
  read.set(document, operations);
  return operations;
};
