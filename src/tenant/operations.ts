import type { Runner, ScriptRequest } from '../runner/index.ts';
import { respondToRead } from './etag.ts';
import type { BodyGuards } from './guards.ts';
import { empty, json, receiveBody, type TenantRequest, type TenantResponse } from './message.ts';
import type { Operation } from './routes.ts';
import type { Rules } from './rules.ts';
import type { Customizer, Customizers, TokenType } from './state.ts';

/** Runs scripts as the release does: `src/runner/`, or what stands for it in a test. */
export type Scripts = Pick<Runner, 'test' | 'issue'>;

/** What the operations work on. */
export interface Workings {
  rules: Rules;
  guards: BodyGuards;
  release: string;
  scripts: Pick<Scripts, 'test'>;
  pause: (() => Promise<void>) | undefined;
  state: { readonly customizers: Customizers };
  /** Stores these in place of what is stored. */
  keep(customizers: Customizers): Promise<void>;
}

type Respond = (request: TenantRequest, tokenTypePath: string) => TenantResponse | Promise<TenantResponse>;

/**
 * The operations of an authorized request. Each goes through its checks in a tenant's order: the body as such, the
 * path, the guard, existence, storage (Logto's koaGuard reads the body before it judges the path).
 */
export const createOperations = ({
  rules,
  guards,
  release,
  scripts,
  pause,
  state,
  keep,
}: Workings): Record<Exclude<Operation, 'token'>, Respond> => {
  /** Tenants answer what is stored by way of the guard, which puts the fields that it knows in its own order. */
  const shown = (tokenType: TokenType): Customizer => {
    const result = rules.validate(guards.customizers[tokenType], state.customizers[tokenType]);
    return (result.success ? result.data : state.customizers[tokenType]) as Customizer;
  };

  const write =
    (operation: 'put' | 'patch'): Respond =>
    async (request, tokenTypePath) => {
      const received = receiveBody(request, rules);
      if ('refusal' in received) return received.refusal;
      const path = rules.readTokenType(tokenTypePath);
      if ('refusal' in path) return path.refusal;
      const { tokenType } = path;
      const result = rules.validate(guards.customizers[tokenType], received.value);
      if (!result.success) return rules.refuseIssues(result.issues);
      const sent = result.data as Customizer;
      const stored = state.customizers[tokenType];
      if (operation === 'patch' && stored === undefined) return rules.missing(tokenType);
      if (pause !== undefined) await pause();
      const value = operation === 'patch' ? rules.merge(stored ?? {}, sent) : rules.replace(stored, sent);
      const refused = rules.refuseStorage(value);
      if (refused !== undefined) return refused;
      await keep(rules.store(state.customizers, tokenType, rules.toJsonb(value)));
      return json(rules.writeStatus(operation, stored !== undefined), shown(tokenType));
    };

  return {
    put: write('put'),
    patch: write('patch'),
    list: (request) => {
      const existing = Object.keys(state.customizers) as TokenType[];
      const all = Object.fromEntries(existing.map((tokenType) => [tokenType, shown(tokenType)]));
      return respondToRead(request, rules.list(all), rules);
    },
    get: (request, tokenTypePath) => {
      const path = rules.readTokenType(tokenTypePath);
      if ('refusal' in path) return path.refusal;
      const { tokenType } = path;
      return state.customizers[tokenType] === undefined
        ? rules.missing(tokenType)
        : respondToRead(request, shown(tokenType), rules);
    },
    delete: async (_request, tokenTypePath) => {
      const path = rules.readTokenType(tokenTypePath);
      if ('refusal' in path) return path.refusal;
      const { tokenType } = path;
      if (state.customizers[tokenType] === undefined) return rules.nothingToDelete(tokenType);
      await keep(rules.remove(state.customizers, tokenType));
      return empty(rules.deleteStatus());
    },
    test: async (request) => {
      const received = receiveBody(request, rules);
      if ('refusal' in received) return received.refusal;
      const result = rules.validate(guards.testRequest, received.value);
      return result.success
        ? rules.respondToTest(await scripts.test(result.data as ScriptRequest), release)
        : rules.refuseIssues(result.issues);
    },
  };
};
