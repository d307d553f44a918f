/** A tenant with a customizer, and disturbed runs of the command on it. */
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

/** Two cases, one for each kind of write, on both token types. */
export const few = [
  '--allow-overwrite',
  '-t',
  'leaves the other customizer alone|PUT creates one token type',
];

/** Loaded into a command: its waits take a thousandth of their time and are logged. */
export const fastClock = new URL('./fast-clock.ts', import.meta.url);

export interface Harm {
  tenant: ConformingTenant;
  served: Served;
  /** The folder used as the user's state folder. */
  state: string;
  start(hook?: Hook, customizers?: object): Promise<void>;
  run(args?: string[], more?: Partial<Command>): Run;
  /** The names of the files in the backup folder. */
  files(): string[];
  /** The path of a file in the backup folder. */
  pathOf(name: string): string;
  /** The stored customizers, byte for byte. */
  stored(): string;
  /** Stores a customizer as somebody else, who does not know of the run. */
  deploy(customizer: Customizer | undefined, tokenType?: TokenType): Promise<void>;
  /** Closes the tenant and empties the folder, for another `start` in one test. */
  reset(): Promise<void>;
  /** The next run, without permission to overwrite: it restores what is left over, then refuses to start. */
  startAgain(): Promise<void>;
}

export const before = JSON.stringify(original);

/** Creates a tenant and a state folder for each test in a file. */
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

/** A hook that does something once, after this many responses to requests for customizers. */
export const afterRequests = (count: number, strike: () => void | Promise<void>): Hook => {
  let seen = 0;
  return async (request, next) => {
    const response = await next();
    if (request.path.startsWith('/api/configs')) seen += 1;
    if (request.path.startsWith('/api/configs') && seen === count) await strike();
    return response;
  };
};

/** The session's own requests for customizers before the first case, on a tenant that has one. */
export const sessionRequests = 10;

/**
 * SIGKILL is sent at every step. The other two signals run the same code, so the gate tests every third step of each,
 * with different offsets.
 */
export const signals = [
  { signal: 'SIGKILL', first: 1, stride: 1 },
  { signal: 'SIGTERM', first: isNightly ? 1 : 2, stride: isNightly ? 1 : 3 },
  { signal: 'SIGINT', first: isNightly ? 1 : 3, stride: isNightly ? 1 : 3 },
] as const;

/** Fails `times` requests, starting with the n-th. */
export const outage = (from: number, times: number, fail: () => ReturnType<Hook>): Hook => {
  let seen = 0;
  return (_, next) => {
    seen += 1;
    return seen >= from && seen < from + times ? fail() : next();
  };
};
