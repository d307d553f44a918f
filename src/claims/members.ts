/** What the parts of a script's argument are called in it, and which members of them do not exist. */
import type { AnyNode } from 'acorn';
import type { Variable } from 'eslint-scope';
import { nearest, type Shape } from './known.ts';
import { type FunctionNode, isFunction, keyOf, methodCallOf, type Syntax } from './syntax.ts';

export interface Part {
  shape: Shape;
  /** For example `context.user.roles[]`; empty for the argument itself. */
  path: string;
}

export interface Missing {
  node: AnyNode;
  path: string;
  /** What exists instead. */
  instead: string | undefined;
  since?: string;
  /** What the path is a member of is an array. */
  ofArray: boolean;
}

const objectMembers = new Set(Object.getOwnPropertyNames(Object.prototype));
const arrayMembers = new Set([...Object.getOwnPropertyNames(Array.prototype), ...objectMembers]);
/** Of an array: which of its methods call a function with an item first, give an item, or give such an array. */
const withItem = new Set([
  ...['map', 'filter', 'find', 'findLast', 'findIndex', 'findLastIndex'],
  ...['some', 'every', 'forEach', 'flatMap'],
]);
const givesItem = new Set(['find', 'findLast', 'at', 'pop', 'shift']);
const givesArray = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const itemOf = ({ shape, path }: Part): Part | undefined =>
  shape.items && { shape: shape.items, path: `${path}[]` };

/** Follows the argument of a function through a script. */
export const readMembers = (
  syntax: Syntax,
  root: Shape,
  fn: FunctionNode | undefined,
): { partOf: (node: AnyNode) => Part | undefined; missing: Missing[] } => {
  const parts = new Map<Variable, Part>();
  const missing = new Map<AnyNode, Missing>();
  /** Members that the script itself sets. */
  const written = new Set<string>();

  const miss = (node: AnyNode, { shape, path }: Part, name: string, since?: string): void => {
    missing.set(node, {
      node,
      path: join(path, name),
      instead: nearest(root, shape, path, name),
      ofArray: shape.items !== undefined,
      ...(since !== undefined && { since }),
    });
  };

  /** The member of a part; a miss is noted at `node`. */
  const memberOf = (part: Part, name: string, node: AnyNode): Part | undefined => {
    const { shape, path } = part;
    if (shape.items && /^\d+$/.test(name)) return { shape: shape.items, path: `${path}[${name}]` };
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member?.since !== undefined) miss(node, part, name, member.since);
    if (member !== undefined) return { shape: member, path: join(path, name) };
    if (shape.isOpen) return { shape: { members: {}, isOpen: true }, path: join(path, name) };
    // Strings, numbers and what is not known in detail.
    if (shape.isString || (!shape.items && Object.keys(shape.members).length === 0)) return undefined;
    if (!(shape.items ? arrayMembers : objectMembers).has(name)) miss(node, part, name);
    return undefined;
  };

  const partOf = (node: AnyNode): Part | undefined => {
    switch (node.type) {
      case 'ChainExpression':
        return partOf(node.expression);
      case 'LogicalExpression':
        return node.operator === '&&' ? partOf(node.right) : partOf(node.left);
      case 'Identifier': {
        const variable = syntax.variableOf(node);
        return variable && parts.get(variable);
      }
      case 'MemberExpression': {
        const part = partOf(node.object);
        if (part === undefined) return undefined;
        const name = keyOf(node, node.property);
        if (name !== undefined) return memberOf(part, name, node);
        const item = itemOf(part);
        // By a string that the tenant gives, such as an id, as if the array were a map.
        if (item && partOf(node.property)?.shape.isString) return void miss(node, part, '[…]');
        if (item) return item;
        return part.shape.isOpen ? { ...part, path: `${part.path}[…]` } : undefined;
      }
      case 'CallExpression': {
        const called = methodCallOf(node);
        const part = called && partOf(called.object);
        if (!part?.shape.items || !called) return undefined;
        if (givesItem.has(called.method)) return itemOf(part);
        return givesArray.has(called.method) ? part : undefined;
      }
      default:
        return undefined;
    }
  };

  const bind = (pattern: AnyNode, part: Part | undefined): void => {
    if (part === undefined) return;
    if (pattern.type === 'AssignmentPattern') bind(pattern.left, part);
    if (pattern.type === 'Identifier') {
      const variable = syntax.variableOf(pattern);
      const isConstant = variable?.references.every((reference) => !reference.isWrite() || reference.init);
      if (variable && isConstant) parts.set(variable, part);
    }
    if (pattern.type === 'ArrayPattern')
      for (const item of pattern.elements) if (item && item.type !== 'RestElement') bind(item, itemOf(part));
    if (pattern.type !== 'ObjectPattern') return;
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') continue;
      const name = keyOf(property, property.key);
      if (name !== undefined) bind(property.value, memberOf(part, name, property));
    }
  };

  if (fn?.params[0]) bind(fn.params[0], { shape: root, path: '' });
  for (const node of syntax.nodes) {
    if (node.type === 'VariableDeclarator' && node.init) bind(node.id, partOf(node.init));
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      const part = partOf(node.left.object);
      const name = keyOf(node.left, node.left.property);
      if (part && name !== undefined) written.add(join(part.path, name));
    }
    if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration') {
      const part = partOf(node.right);
      const [declared] = node.left.declarations;
      if (part && declared) bind(declared.id, itemOf(part));
    }
    const called = methodCallOf(node);
    const [callback] = called?.call.arguments ?? [];
    if (called && withItem.has(called.method) && isFunction(callback) && callback.params[0]) {
      const part = partOf(called.object);
      if (part) bind(callback.params[0], itemOf(part));
    }
    if (node.type === 'MemberExpression') partOf(node);
  }
  return { partOf, missing: [...missing.values()].filter(({ path }) => !written.has(path)) };
};
