/** A script's syntax tree with what each name in it stands for. */
import type {
  AnyNode,
  CallExpression,
  Comment,
  Identifier,
  MemberExpression,
  Program,
  TryStatement,
} from 'acorn';
import type { Reference, Scope, ScopeManager, Variable } from 'eslint-scope';
import { ecmaVersion, loadPeer, parseScript } from './parse.ts';

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

export const isFunction = (node: AnyNode | null | undefined): node is FunctionNode =>
  node?.type === 'FunctionDeclaration' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'ArrowFunctionExpression';

export interface Syntax {
  program: Program;
  /** A line comment at the very end. */
  trailing: Comment | undefined;
  /** Every node, in the order of the source, each before those inside of it. */
  nodes: readonly AnyNode[];
  parentOf(node: AnyNode): AnyNode | undefined;
  /** The nodes around a node, the nearest first. */
  around(node: AnyNode): AnyNode[];
  functionOf(node: AnyNode): FunctionNode | undefined;
  /** The nearest `try` with a `catch` whose block has the node. */
  triedBy(node: AnyNode): TryStatement | undefined;
  /** Whether a node is the operand of `typeof`. */
  isTested(node: AnyNode): boolean;
  /** That a name declares or refers to; nothing for a global. */
  variableOf(name: AnyNode): Variable | undefined;
  /** Declared at the top level. */
  top: ReadonlyMap<string, Variable>;
  /** The references to globals. */
  globals: readonly Reference[];
}

const childrenOf = (node: AnyNode): AnyNode[] =>
  Object.entries(node).flatMap(([key, value]) => {
    if (key === 'loc' || key === 'range') return [];
    return [value].flat().filter((item) => typeof item?.type === 'string') as AnyNode[];
  });

/**
 * @throws {ScriptError} `syntax-error`
 * @throws {Error} when acorn or eslint-scope is not installed
 */
export const readSyntax = async (code: string): Promise<Syntax> => {
  const comments: Comment[] = [];
  const program = await parseScript(code, 'script', comments);
  const { analyze } = await loadPeer('eslint-scope', import('eslint-scope'));
  // `optimistic`: names at the top level are those of the script.
  const manager: ScopeManager = analyze(program as never, { ecmaVersion, optimistic: true });
  const parents = new Map<AnyNode, AnyNode>();
  const nodes: AnyNode[] = [];
  const visit = (node: AnyNode): void => {
    nodes.push(node);
    for (const child of childrenOf(node).sort((a, b) => a.start - b.start)) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(program);
  const variables = new Map<unknown, Variable>();
  for (const scope of manager.scopes) {
    for (const variable of scope.variables)
      for (const name of variable.identifiers) variables.set(name, variable);
    for (const { identifier, resolved } of scope.references)
      if (resolved) variables.set(identifier, resolved);
  }
  const globalScope = manager.globalScope as Scope;
  const around = (node: AnyNode): AnyNode[] => {
    const all: AnyNode[] = [];
    for (let next = parents.get(node); next !== undefined; next = parents.get(next)) all.push(next);
    return all;
  };
  const last = comments.at(-1);
  return {
    program,
    trailing: last?.type === 'Line' && last.end === code.length ? last : undefined,
    nodes,
    parentOf: (node) => parents.get(node),
    around,
    functionOf: (node) => around(node).find(isFunction),
    triedBy: (node) =>
      around(node).find(
        (one, index, all): one is TryStatement =>
          one.type === 'TryStatement' && !!one.handler && all[index - 1] === one.block,
      ),
    isTested: (node) => {
      const parent = parents.get(node);
      return parent?.type === 'UnaryExpression' && parent.operator === 'typeof';
    },
    variableOf: (name) => variables.get(name),
    top: globalScope.set,
    globals: globalScope.through.filter(({ resolved }) => !resolved),
  };
};

/** The name of a member that is written out, as in `a.b` or `a['b']`. */
export const keyOf = (node: { computed: boolean }, key: AnyNode): string | undefined => {
  if (!node.computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
};

/** The call of a method, and the method's name. */
export const methodCallOf = (
  node: AnyNode | undefined,
): { call: CallExpression; object: MemberExpression['object']; method: string } | undefined => {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const method = keyOf(node.callee, node.callee.property);
  return method === undefined ? undefined : { call: node, object: node.callee.object, method };
};

export const isNamed = (node: AnyNode | null | undefined, ...names: string[]): node is Identifier =>
  node?.type === 'Identifier' && names.includes(node.name);
