/** What is wrong with a script, found by reading it. */
import type { AnyNode } from 'acorn';
import { absentInNode22 } from '../runner/index.ts';
import { argumentShape, globalsOf, hasNode, type TokenType } from './known.ts';
import { type Missing, readMembers } from './members.ts';
import { readPitfalls, readState, type Say } from './pitfalls.ts';
import { type FunctionNode, isFunction, isNamed, keyOf, readSyntax, type Syntax } from './syntax.ts';
import { isIgnored, isOverruling } from './types.ts';

const name = 'getCustomJwtClaims';

/** The function that tenants call, as far as reading tells: `declared` without `fn` where it does not. */
const findFunction = ({ top, nodes }: Syntax): { declared: boolean; fn?: FunctionNode; other?: AnyNode } => {
  const definition = top.get(name)?.defs.at(-1)?.node as AnyNode | undefined;
  const assigned = nodes.find(
    (node) => node.type === 'AssignmentExpression' && isNamed(node.left as AnyNode, name),
  );
  const value =
    definition?.type === 'VariableDeclarator'
      ? definition.init
      : (definition ?? (assigned?.type === 'AssignmentExpression' ? assigned.right : undefined));
  if (isFunction(value)) return { declared: true, fn: value };
  const isOther = /^(?:Literal|TemplateLiteral|ObjectExpression|ArrayExpression|Class.*)$/.test(
    value?.type ?? '',
  );
  if (value && isOther) return { declared: true, other: value };
  const isMentioned = nodes.some(
    (node) => isNamed(node, name) || (node.type === 'Literal' && node.value === name),
  );
  return { declared: isMentioned };
};

/** The expressions that a function returns, each with its parts. */
const returned = (syntax: Syntax, fn: FunctionNode): AnyNode[] => {
  const results =
    fn.body.type === 'BlockStatement'
      ? syntax.nodes.flatMap((node) =>
          node.type === 'ReturnStatement' && node.argument && syntax.functionOf(node) === fn
            ? [node.argument]
            : [],
        )
      : [fn.body];
  const parts = (node: AnyNode, seen: readonly AnyNode[] = []): AnyNode[] => {
    if (seen.includes(node)) return [];
    const inner = (next: AnyNode) => parts(next, [...seen, node]);
    switch (node.type) {
      case 'ConditionalExpression':
        return [...inner(node.consequent), ...inner(node.alternate)];
      case 'LogicalExpression':
        return [...inner(node.left), ...inner(node.right)];
      case 'ObjectExpression':
        return [
          node,
          ...node.properties.flatMap((one) => (one.type === 'SpreadElement' ? inner(one.argument) : [])),
        ];
      case 'Identifier': {
        const definition = syntax.variableOf(node)?.defs[0]?.node as AnyNode | undefined;
        return definition?.type === 'VariableDeclarator' && definition.init ? inner(definition.init) : [];
      }
      default:
        return [];
    }
  };
  return results.flatMap((node) => parts(node));
};

const readClaims = (syntax: Syntax, fn: FunctionNode, say: Say): void => {
  for (const object of returned(syntax, fn))
    for (const property of object.type === 'ObjectExpression' ? object.properties : []) {
      if (property.type === 'SpreadElement' || isNamed(property.value, 'undefined')) continue;
      const claim = keyOf(property, property.key) ?? '';
      if (isIgnored(claim))
        say('ignored-claim', property, `tenants ignore the claim ${claim}: use another name`);
      if (isOverruling(claim))
        say('overruling-claim', property, `the claim ${claim} replaces the tenant's own`);
    }
};

const readGlobals = (syntax: Syntax, release: string, say: Say): void => {
  const known = globalsOf(release);
  const assigned = new Set(syntax.globals.flatMap((one) => (one.isWrite() ? [one.identifier.name] : [])));
  const missing = syntax.globals.filter(
    ({ identifier }) => !known.has(identifier.name) && !assigned.has(identifier.name),
  );
  // A script that asks what there is knows what it does without.
  const isCareful = missing.some(({ identifier }) => syntax.isTested(identifier as AnyNode));
  for (const { identifier } of missing) {
    const node = identifier as AnyNode;
    if (isCareful || syntax.triedBy(node)) continue;
    const what = identifier.name;
    if (what === 'require') say('import', node, 'tenants have no require: a script is one plain script');
    else if (what === 'module' || what === 'exports')
      say('export', node, `tenants have no ${what}: declare getCustomJwtClaims at the top level`);
    else say('unknown-global', node, `${what} does not exist on ${release}${hint(what, release)}`);
  }
  for (const node of syntax.nodes) {
    if (node.type === 'ImportExpression' && !syntax.triedBy(node))
      say('import', node, 'tenants cannot import: a script is one plain script');
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') continue;
    if (syntax.variableOf(node.object) || syntax.isTested(node)) continue;
    const path = `${node.object.name}.${keyOf(node, node.property) ?? ''}`;
    const parent = syntax.parentOf(node);
    const isUsed =
      parent?.type === 'MemberExpression' || (parent?.type === 'CallExpression' && !parent.optional);
    if (absentInNode22.includes(path) && isUsed && !isCareful && !syntax.triedBy(node))
      say('unknown-global', node, `${path} does not exist on Node 22, which tenants run`);
    if (path === 'process.env' && hasNode(release))
      say('server-environment', node, "process.env is the Logto server's: use environmentVariables");
  }
};

const hint = (what: string, release: string): string => {
  if (!hasNode(release) && globalsOf('1.43').has(what)) return ': it comes with 1.43';
  return what === 'getCustomJwtClaim' ? ': write getCustomJwtClaims' : '';
};

const readMissing = (syntax: Syntax, missing: readonly Missing[], release: string, say: Say): void => {
  const isGuarded = (node: AnyNode): boolean => {
    const [parent, next] = syntax.around(node);
    const outer = parent?.type === 'ChainExpression' ? next : parent;
    if (outer === undefined) return false;
    if (outer.type === 'UnaryExpression') return true;
    if ((outer.type === 'MemberExpression' || outer.type === 'CallExpression') && outer.optional) return true;
    if (outer.type === 'LogicalExpression') return outer.left === node || outer.left === parent;
    if (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') return true;
    return outer.type === 'VariableDeclarator' || outer.type === 'ObjectPattern';
  };
  for (const { node, path, instead, since, ofArray } of missing) {
    const shown = node.type === 'MemberExpression' ? node.property : node;
    if (syntax.isTested(node) || (since !== undefined && isGuarded(node))) continue;
    const why =
      since !== undefined
        ? `comes with ${since} and does not exist on ${release}: read it with ?.`
        : `does not exist${ofArray ? ' on an array' : ''}${instead === undefined ? '' : `: did you mean ${instead}?`}`;
    if (ofArray && path.endsWith('[…]'))
      say('unknown-member', shown, `${path.slice(0, -4)} is an array, not a map: use find`);
    else say('unknown-member', shown, `${path} ${why}`);
  }
};

/**
 * Reads a script and says what is wrong.
 *
 * @returns the names of environment variables that it reads, and whether it calls `fetch`
 * @throws {ScriptError} `syntax-error`
 */
export const readScript = async (
  script: string,
  tokenType: TokenType,
  release: string,
  say: Say,
): Promise<{ variables: string[]; readsVariables: boolean }> => {
  const syntax = await readSyntax(script);
  const { declared, fn, other } = findFunction(syntax);
  if (!declared) say('no-function', syntax.program, 'the script does not declare getCustomJwtClaims');
  if (other) say('no-function', other, 'getCustomJwtClaims is not a function');
  if (syntax.trailing && !hasNode(release))
    say('trailing-comment', syntax.trailing, 'end the file with a line break');
  const root = argumentShape(tokenType, release);
  const { partOf, missing } = readMembers(syntax, root, fn);
  const second = fn?.params[1];
  const isUsed = (node: AnyNode): boolean =>
    syntax.nodes.some(
      (one) =>
        one.start >= node.start &&
        one.end <= node.end &&
        (syntax.variableOf(one)?.references.length ?? 0) > 0,
    );
  if (second && second.type !== 'AssignmentPattern' && second.type !== 'RestElement' && isUsed(second))
    say(
      'positional-arguments',
      second,
      'getCustomJwtClaims takes one argument: ({ token, context, environmentVariables, api })',
    );
  // What follows from it is said once.
  else readMissing(syntax, missing, release, say);
  readGlobals(syntax, release, say);
  if (fn) readClaims(syntax, fn, say);
  readPitfalls(syntax, release, say, partOf);
  readState(syntax, say);
  const isRead = (node: AnyNode): boolean =>
    node.type === 'MemberExpression' ||
    syntax.variableOf(node)?.references.some(({ identifier }) => identifier === node) === true;
  const variables = syntax.nodes.flatMap((node) => {
    const path = isRead(node) ? partOf(node)?.path : undefined;
    return path?.startsWith('environmentVariables') ? [path.split('.')[1] ?? ''] : [];
  });
  return { variables: [...new Set(variables)].filter(Boolean), readsVariables: variables.length > 0 };
};
