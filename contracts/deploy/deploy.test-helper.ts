/** A folder of claims as code, a tenant to deploy it to, and the commands that do. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unmark } from '../../src/deploy/marker.ts';
import type { Customizer, TokenType } from '../../src/tenant/index.ts';
import { type Command, type Run, runCommand } from '../conforming/command.ts';
import {
  type ConformingOptions,
  type ConformingTenant,
  type Hook,
  type Served,
  serveTenant,
} from '../conforming/index.ts';

/** Loaded into a command: its waits take a thousandth of their time and are logged. */
export const fastClock = new URL('../harm/fast-clock.ts', import.meta.url);

/** What the tenant has before a push, deployed from elsewhere. */
export const old: Record<TokenType, Customizer> = {
  'access-token': {
    script: 'const getCustomJwtClaims = async () => ({ plan: "free" });\n',
    environmentVariables: { PLAN: 'the old value' },
  },
  'client-credentials': { script: 'const getCustomJwtClaims = async () => ({ service: "old" });\n' },
};

/** Scripts of the folder, by token type. */
export const scripts: Record<TokenType, string> = {
  'access-token':
    'const getCustomJwtClaims = async ({ environmentVariables }) => ({ plan: environmentVariables.PLAN });\n',
  'client-credentials': 'const getCustomJwtClaims = async () => ({ service: "billing" });\n',
};

/** The variable that the access-token script reads. */
export const variable = 'the new value';

/** What the tenant has after a push of the folder, without the comments. */
export const pushed = {
  'access-token': { script: scripts['access-token'], environmentVariables: { PLAN: variable } },
  'client-credentials': { script: scripts['client-credentials'] },
};

/** A tenant that cannot be reached. */
export const createClosed = async (): Promise<Served> => {
  const served = await serveTenant();
  await served.close();
  return served;
};

/** Files by their paths. */
export type Files = Record<string, string>;

/** What the folder declares. */
export interface Declared {
  /** By token type; `null`: the tenant is to have none. */
  customizers?: Partial<Record<TokenType, object | null>>;
  /** Further files, or others in place of the usual ones. */
  files?: Files;
  /** Named in the config. Otherwise it is read off the tenant's document. */
  release?: string;
}

const usual: Required<Declared>['customizers'] = {
  'access-token': { script: 'claims/access-token.js', environmentVariables: ['PLAN'] },
  'client-credentials': { script: 'claims/client-credentials.js' },
};

/** Writes a folder for the tenants, by name. */
export const writeProject = (
  folder: string,
  tenants: Record<string, Pick<Served, 'url' | 'credentials'>>,
  { customizers = usual, files = {}, release }: Declared = {},
): void => {
  const named = Object.entries(tenants).map(([name, { url }]) => [name, { endpoint: url, release }]);
  const config = { tenants: Object.fromEntries(named), customizers };
  const credentials = Object.entries(tenants).map(
    ([
      name,
      {
        credentials: { clientId, clientSecret },
      },
    ]) => [`.env.${name}`, `LOGTO_APP_ID=${clientId}\nLOGTO_APP_SECRET=${clientSecret}\n`],
  );
  const all: Files = {
    'logto.config.mts': `export default ${JSON.stringify(config, null, 2)};\n`,
    '.env': `PLAN='${variable}'\n`,
    ...Object.fromEntries(credentials),
    ...Object.fromEntries(
      Object.entries(scripts).map(([tokenType, script]) => [`claims/${tokenType}.js`, script]),
    ),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

/** Nothing of the machine's own, which would go before what the folder says. */
const withoutMachine: NodeJS.ProcessEnv = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(LOGTO_|GITHUB_|PLAN$|CI$)/.test(name))
    .map((name) => [name, undefined]),
);

/** Runs a command in a folder. */
export const runIn = (cwd: string, command: Omit<Command, 'served' | 'cwd'>): Run =>
  runCommand({ ...command, cwd, env: { ...withoutMachine, ...command.env } });

export interface Deploy {
  tenant: ConformingTenant;
  served: Served;
  /** The folder with the config. */
  folder: string;
  /** The folder used as the user's state folder. */
  state: string;
  /** Serves a tenant, named `staging` in the folder. */
  start(options?: { hook?: Hook; declared?: Declared } & Partial<ConformingOptions>): Promise<void>;
  run(args: string[], more?: Partial<Command>): Run;
  /** The files that commands keep for the tenant. */
  files(): string[];
  /** The path of one of them. */
  pathOf(name: string): string;
  /** The stored customizers, without the comments of pushes. */
  stored(): Record<string, Customizer>;
  /** A file of the folder. */
  read(name: string): string;
  write(name: string, text: string): void;
  /** How many writes the tenant has received. */
  writes(): number;
  /** Changes the access-token script, as someone at the Console does. */
  changeByHand(): void;
  /** Closes the tenant and empties the folders, for another `start` in one test. */
  reset(): Promise<void>;
}

/** Without the comment of a push, which has its time. */
export const withoutMarks = (customizers: object): Record<string, Customizer> =>
  Object.fromEntries(
    Object.entries(customizers as Record<string, Customizer>).map(([tokenType, customizer]) => [
      tokenType,
      { ...customizer, script: unmark(String(customizer['script'])) },
    ]),
  );

/** Creates folders, for `start` to serve a tenant. */
export const createDeploy = (): Deploy => {
  const root = mkdtempSync(join(tmpdir(), 'deploy-'));
  const folder = join(root, 'folder');
  const state = join(root, 'state');
  const deploy: Deploy = {
    folder,
    state,
    start: async ({ hook, declared, ...options } = {}) => {
      deploy.served = await serveTenant({ customizers: old as never, ...options }, hook);
      deploy.tenant = deploy.served.tenant;
      writeProject(folder, { staging: deploy.served }, declared);
    },
    run: (args, more = {}) => runIn(folder, { state, args, ...more }),
    files: () => (existsSync(deploy.pathOf('.')) ? readdirSync(deploy.pathOf('.')) : []),
    pathOf: (name) => join(state, 'logto-jwt-customizer', name),
    stored: () => withoutMarks(deploy.tenant.customizers),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    write: (name, text) => writeFileSync(join(folder, name), text),
    writes: () => deploy.served.counts.put + deploy.served.counts.patch + deploy.served.counts.delete,
    changeByHand: () => {
      const { customizers } = deploy.tenant as { customizers: Record<string, Customizer> };
      const present = customizers['access-token'];
      const script = `const getCustomJwtClaims = async () => ({ hand: true });${present?.['script']}`;
      Object.assign(customizers, { 'access-token': { ...present, script } });
    },
    reset: async () => {
      await deploy.served?.close();
      rmSync(root, { recursive: true, force: true });
    },
  } as Deploy;
  return deploy;
};
