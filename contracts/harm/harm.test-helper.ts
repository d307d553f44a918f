/** A tenant that has a customizer, and runs of the command on it that something happens to. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Customizer, TokenType } from '../../src/tenant/index.ts';
import { type Command, type Run, runContractCommand } from '../conforming/command.ts';
import { type ConformingTenant, type Hook, type Served, serveTenant } from '../conforming/index.ts';
import { isNightly } from '../nightly.ts';

export const original = {
  'access-token': {
    script: 'const getCustomJwtClaims = async () => ({ plan: "pro" });',
    environmentVariables: { KEY: 'secret-of-the-tenant' },
  },
};

/** Two cases: of each kind of write one, on both token types. */
export const few = [
  '--allow-overwrite',
  '-t',
  'leaves the other customizer alone|PUT creates one token type',
];

/** Loaded into a command: its waiting takes a thousandth of the time that it says, and is said. */
export const fastClock = new URL('./fast-clock.ts', import.meta.url);

export interface Harm {
  tenant: ConformingTenant;
  served: Served;
  /** The folder that stands for the user's state folder. */
  state: string;
  start(hook?: Hook, customizers?: object): Promise<void>;
  run(args?: string[], more?: Partial<Command>): Run;
  /** What the folder of backups holds. */
  files(): string[];
  /** Where a file of it is. */
  pathOf(name: string): string;
  /** What is stored, byte for byte. */
  stored(): string;
  /** As somebody else does, who does not know of the run. */
  deploy(customizer: Customizer | undefined, tokenType?: TokenType): Promise<void>;
  /** Closes the tenant and empties the folder, for another `start` in one test. */
  reset(): Promise<void>;
  /** The next run of a person who allows nothing: it restores what is left over, then refuses. */
  startAgain(): Promise<void>;
}

export const before = JSON.stringify(original);

/** A tenant and a state folder for each test of a file. */
export const useTenant = (): Harm => {
  const harm = {
    start: async (hook?: Hook, customizers: object = original) => {
      harm.served = await serveTenant({ customizers: customizers as never }, hook);
      harm.tenant = harm.served.tenant;
    },
    run: (args = few, more = {}) =>
      runContractCommand({ served: harm.served, state: harm.state, args, ...more }),
    files: () => (existsSync(harm.pathOf('.')) ? readdirSync(harm.pathOf('.')) : []),
    pathOf: (name) => join(harm.state, 'logto-jwt-customizer', name),
    stored: () => JSON.stringify(harm.tenant.customizers),
    deploy: async (customizer, tokenType = 'access-token') => {
      await harm.tenant.handle({
        method: customizer === undefined ? 'DELETE' : 'PUT',
        path: `/api/configs/jwt-customizer/${tokenType}`,
        headers: {
          authorization: `Bearer ${harm.tenant.tokens.issue(['all'])}`,
          'content-type': 'application/json',
        },
        body: customizer === undefined ? '' : JSON.stringify(customizer),
      });
    },
    reset: async () => {
      await harm.served.close();
      rmSync(harm.pathOf('.'), { recursive: true, force: true });
    },
    startAgain: async () => {
      if (harm.stored() === before && harm.files().length === 0) return;
      const { code, output } = await harm.run([]).ended;
      expect(output).toContain('has customizers (access-token)');
      expect(code).toBe(2);
    },
  } as Harm;
  beforeEach(() => {
    harm.state = mkdtempSync(join(tmpdir(), 'state-'));
  });
  afterEach(async () => {
    await harm.served.close();
    rmSync(harm.state, { recursive: true, force: true });
  });
  return harm;
};

/** The process that runs the cases for a command. */
export const workerOf = ({ child }: Run): number =>
  Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]);

/** A hook that does something once, when so many requests for customizers were answered. */
export const afterRequests = (count: number, strike: () => void | Promise<void>): Hook => {
  let seen = 0;
  return async (request, next) => {
    const response = await next();
    if (request.path.startsWith('/api/configs')) seen += 1;
    if (request.path.startsWith('/api/configs') && seen === count) await strike();
    return response;
  };
};

/** Requests for customizers before the first case, on a tenant that has one: the session's own. */
export const sessionRequests = 10;

/**
 * SIGKILL strikes at every step. The other two run the same code when they strike, so the gate tries every third step of
 * each, starting with another one.
 */
export const signals = [
  { signal: 'SIGKILL', first: 1, stride: 1 },
  { signal: 'SIGTERM', first: isNightly ? 1 : 2, stride: isNightly ? 1 : 3 },
  { signal: 'SIGINT', first: isNightly ? 1 : 3, stride: isNightly ? 1 : 3 },
] as const;

/** Fails `times` requests from the n-th on. */
export const outage = (from: number, times: number, fail: () => ReturnType<Hook>): Hook => {
  let seen = 0;
  return (_, next) => {
    seen += 1;
    return seen >= from && seen < from + times ? fail() : next();
  };
};
