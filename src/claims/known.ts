/** What a release gives to a script: its argument, and the globals. */
import type { ScriptRequest } from '../runner/index.ts';
import { isBefore, rulesOf } from '../runner/release.ts';
import { distance } from './distance.ts';
import type knownType from './known.json';
import { readJson } from './read-json.ts';
import type { CustomizerApi } from './types.ts';

export type TokenType = ScriptRequest['tokenType'];

/** The members of a value, as far as they are known. */
export interface Shape {
  members: Record<string, Shape>;
  /** Of an array. */
  items?: Shape;
  /** Any member may exist: people’s own data. */
  isOpen?: boolean;
  isString?: boolean;
  /** The release that brought it, when the one at hand does not have it. */
  since?: string;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  'x-logto-since'?: string;
}

const known = readJson<typeof knownType>('./known.json');
const meant: Record<string, string> = known.meant;

interface Document {
  components: { schemas: Record<string, Schema> };
}

/** Whether the scripts of a release run in a worker, with the globals of Node 22. */
export const hasNode = (release: string): boolean => rulesOf(release).engine === 'worker';

/** The members of `api`, each with the first recorded release that has it: the same on 1.28, 1.42 and 1.43. */
const apiSince: Record<keyof CustomizerApi, string> = { denyAccess: '1.28' };

/** What real tokens have beyond the document (contracts/recordings/arguments.jsonl); open, as no guard knows them. */
const undocumented = ['extra', 'claims', 'sessionUid', 'expiresWithSession'];

/** Deep enough for each argument. */
const mostDeep = 12;

const open = (): Shape => ({ members: {}, isOpen: true });

const merge = (one: Shape, other: Shape): Shape => {
  for (const [name, member] of Object.entries(other.members))
    one.members[name] = one.members[name] === undefined ? member : merge(one.members[name], member);
  if (other.items) one.items = one.items ? merge(one.items, other.items) : other.items;
  if (other.isOpen) one.isOpen = true;
  if (other.isString) one.isString = true;
  return one;
};

const shapeOf = (schemas: Record<string, Schema>, given: Schema, release: string, depth = 0): Shape => {
  const schema = given.$ref ? (schemas[given.$ref.split('/').at(-1) as string] as Schema) : given;
  const of = (part: Schema): Shape => shapeOf(schemas, part, release, depth + 1);
  const shape: Shape = { members: {} };
  if (depth > mostDeep) return open();
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    merge(shape, of(part));
  for (const [name, property] of Object.entries(schema.properties ?? {})) shape.members[name] = of(property);
  if (schema.items) shape.items = of(schema.items);
  const types = [schema.type].flat();
  if (types.includes('string')) shape.isString = true;
  if (types.includes('object') && (schema.properties === undefined || schema.additionalProperties))
    shape.isOpen = true;
  const since = given['x-logto-since'] ?? schema['x-logto-since'];
  if (since !== undefined && isBefore(release, since)) shape.since = since;
  return shape;
};

let document: Document | undefined;

/** The argument of a script, of a release. */
export const argumentShape = (tokenType: TokenType, release: string): Shape => {
  document ??= readJson<Document>('../../generated/openapi.json');
  const { schemas } = document.components;
  const name = tokenType === 'access-token' ? 'AccessToken' : 'ClientCredentials';
  const of = (schema: string, at = release): Shape => shapeOf(schemas, schemas[schema] as Schema, at);
  const token = of(`${name}TokenSample`);
  for (const member of undocumented) token.members[member] = open();
  const apiMember = ([name, since]: [string, string]): [string, Shape] => [
    name,
    { ...open(), ...(isBefore(release, since) && { since }) },
  ];
  const context = `${name}ContextSample`;
  const hasContext = tokenType === 'access-token' || rulesOf(release).clientCredentialsContext;
  return {
    members: {
      token,
      // `context?.application.name` reads nothing of a context that is not there.
      context: hasContext ? of(context) : { ...of(context, '1.37'), since: '1.37' },
      environmentVariables: open(),
      api: { members: Object.fromEntries(Object.entries(apiSince).map(apiMember)) },
    },
  };
};

export const globalsOf = (release: string): ReadonlySet<string> =>
  new Set([...known.language, ...(hasNode(release) ? known.node : [])]);

/** The known path that is meant by a member which does not exist, if there is one. */
export const nearest = (root: Shape, parent: Shape, parentPath: string, name: string): string | undefined => {
  if (Object.hasOwn(meant, name)) return meant[name];
  const lower = name.toLowerCase();
  const [best] = Object.keys(parent.members)
    .map((member) => ({ member, far: distance(member.toLowerCase(), lower) }))
    .sort((a, b) => a.far - b.far);
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  if (best !== undefined && best.far <= limit) return `${parentPath}${parentPath && '.'}${best.member}`;
  // The same name elsewhere, the first levels first.
  let level: [string, Shape][] = [['', root]];
  for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
    const next = level.flatMap(([path, { members, items }]) =>
      Object.entries({ ...members, ...items?.members }).map(([key, shape]): [string, Shape] => [
        `${path}${path && '.'}${key}`,
        shape,
      ]),
    );
    const found = next.find(([path]) => path.split('.').at(-1) === name);
    if (found !== undefined) return found[0];
    level = next;
  }
  return undefined;
};
