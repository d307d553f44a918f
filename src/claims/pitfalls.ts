/** Warnings: code that works, but not always or not on every release. */
import type { AnyNode } from 'acorn';
import { hasNode } from './known.ts';
import type { ClaimsCode } from './rules.ts';
import { isNamed, keyOf, methodCallOf, type Syntax } from './syntax.ts';

/** Says that a rule is broken at a node. */
export type Say = (code: ClaimsCode, node: Pick<AnyNode, 'loc'>, message: string) => void;

type PartOf = (node: AnyNode) => unknown;
const endless = /^(?:While|DoWhile|For)Statement$/;

/** Up to 1.42 nothing limits what comes after an `await`. */
const readUnlimited = (syntax: Syntax, node: AnyNode, release: string, say: Say): void => {
  const fn = syntax.functionOf(node);
  if (node.type === 'CallExpression' && isNamed(node.callee, 'fetch') && !syntax.variableOf(node.callee)) {
    const [url, options] = node.arguments;
    const isData = url?.type === 'Literal' && String(url.value).startsWith('data:');
    const isRaced = syntax.around(node).some((one) => methodCallOf(one)?.method === 'race');
    const hasSignal =
      options?.type === 'ObjectExpression'
        ? options.properties.some((one) => one.type === 'SpreadElement' || keyOf(one, one.key) === 'signal')
        : options !== undefined;
    if (!isData && !isRaced && !hasSignal)
      say('fetch-without-limit', node, `on ${release} nothing limits how long fetch takes`);
  }
  const isBounded = node.type === 'ForStatement' && node.test;
  const isAfter = () =>
    syntax.nodes.some(
      (one) => one.type === 'AwaitExpression' && one.start < node.end && syntax.functionOf(one) === fn,
    );
  if (endless.test(node.type) && !isBounded && isAfter())
    say('loop-after-await', node, `on ${release} a loop that does not end here stops the whole server`);
};

/** A `catch` around a call of `denyAccess` that does not throw again. */
const readDenial = (syntax: Syntax, node: AnyNode, say: Say): void => {
  if (node.type !== 'CallExpression') return;
  if (methodCallOf(node)?.method !== 'denyAccess' && !isNamed(node.callee, 'denyAccess')) return;
  const tried = syntax.triedBy(node);
  if (!tried || syntax.functionOf(tried) !== syntax.functionOf(node)) return;
  const rethrows = syntax.nodes.some(
    (one) => one.type === 'ThrowStatement' && syntax.around(one).includes(tried.handler as AnyNode),
  );
  if (!rethrows) say('caught-denial', node, 'the catch around it swallows the denial: the token is issued');
};

export const readPitfalls = (syntax: Syntax, release: string, say: Say, partOf: PartOf): void => {
  for (const node of syntax.nodes) {
    readDenial(syntax, node, say);
    if (hasNode(release)) continue;
    readUnlimited(syntax, node, release, say);
    if (node.type !== 'BinaryExpression' || node.operator !== 'instanceof') continue;
    if (isNamed(node.right, 'Array', 'Object') && partOf(node.left))
      say(
        'instanceof-argument',
        node,
        `instanceof ${node.right.name} is false for arguments on ${release}: use Array.isArray or typeof`,
      );
  }
};

const mutators = /^(?:set|add|delete|clear|push|unshift|pop|shift|splice)$/;

export const readState = (syntax: Syntax, say: Say): void => {
  for (const node of syntax.nodes)
    if (
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      isNamed(node.left.object, 'globalThis') &&
      syntax.functionOf(node)
    )
      say(
        'state-outside',
        node,
        'properties of globalThis persist between tokens from 1.43 on, but not before',
      );
  for (const variable of syntax.top.values())
    for (const reference of variable.references) {
      const node = reference.identifier as AnyNode;
      if (syntax.functionOf(node) === undefined) continue;
      const [member, call] = syntax.around(node);
      const isMember = member?.type === 'MemberExpression' && member.object === node;
      const isMutated =
        isMember &&
        ((call?.type === 'CallExpression' && mutators.test(keyOf(member, member.property) ?? '')) ||
          (call?.type === 'AssignmentExpression' && call.left === member) ||
          call?.type === 'UpdateExpression');
      if ((reference.isWrite() && !reference.init) || isMutated) {
        say('state-outside', node, `${variable.name} persists between tokens from 1.43 on, but not before`);
        break;
      }
    }
};
