/** Writes the files of claims as code that a folder does not have yet. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TokenType } from '../../generated/types.d.ts';
import { normalizeEndpoint } from '../client/endpoint.ts';
import { configNames } from './config.ts';
import { readEnvFile } from './environment.ts';
import { ConfigError } from './errors.ts';

const placeholder = 'https://my-tenant.logto.app';

const examples = `
    'access-token': {
      script: 'claims/access-token.ts',
      sample: 'claims/samples/editor.json', // stored on the tenant
      samples: 'claims/samples/*.json', // run before a push
    },
    'client-credentials': { script: 'claims/client-credentials.ts' },`;

const taken = (tokenTypes: readonly TokenType[]): string =>
  tokenTypes.map((name) => `\n    '${name}': { script: 'claims/${name}.js' },`).join('');

const configText = (
  endpoint: string | undefined,
  customizers: string,
): string => `import type { LogtoConfig } from 'logto-jwt-customizer/claims';

export default {
  tenants: {
    production: { endpoint: '${endpoint ?? placeholder}' },${endpoint === undefined ? " // the tenant's base URL" : ''}
  },
  customizers: {${customizers}
  },
} satisfies LogtoConfig;
`;

const accessToken = `import type { AccessTokenInput, Claims } from 'logto-jwt-customizer/claims';

/** Claims of tokens for users. */
export const getCustomJwtClaims = async ({ context }: AccessTokenInput): Promise<Claims> => ({
  roles: context.user.roles.map(({ name }) => name),
});
`;

const clientCredentials = `import type { Claims, ClientCredentialsInput } from 'logto-jwt-customizer/claims';

/** Claims of tokens for machine-to-machine applications. */
export const getCustomJwtClaims = async ({ token }: ClientCredentialsInput): Promise<Claims> => ({
  application: token.clientId,
});
`;

const editor = `{
  "context": { "user": { "roles": ["Editor"] } }
}
`;

const test = `import { accessTokenSample, runCustomizer } from 'logto-jwt-customizer/claims';
import { expect, test } from 'vitest';

test('the token carries the names of the roles', async () => {
  const { token, context } = accessTokenSample({ user: { roles: ['Editor'] } });
  const script = 'claims/access-token.ts';
  const { claims } = await runCustomizer(script, { tokenType: 'access-token', token, context });
  expect(claims).toEqual({ roles: ['Editor'] });
});
`;

const ignored = '.env*';

const nextSteps = (endpoint: string | undefined, hasCredentials: boolean, hasTest: boolean): string[] => [
  'Next:',
  `  npm install --save-dev logto-jwt-customizer acorn amaro eslint-scope${hasTest ? ' vitest' : ''}`,
  ...(hasTest ? ['  npx vitest run'] : []),
  ...(endpoint ? [] : ["  Set the tenant's endpoint in the config"]),
  ...(hasCredentials
    ? []
    : [
        '  Set LOGTO_APP_ID and LOGTO_APP_SECRET in .env: the ID and secret of a machine-to-machine application with the Management API role',
      ]),
  `  npx logto-jwt-customizer ${hasTest ? 'push' : 'diff'}`,
];

/** What a tenant has, which `init` takes over in place of examples. */
export interface TakeOver {
  tokenTypes: readonly TokenType[];
  /** @param config The path of the config, which has just been created. */
  pull: (config: string) => Promise<void>;
}

export interface InitOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  log(line: string): void;
  /**
   * Called if there is no config yet, and `LOGTO_ENDPOINT`, `LOGTO_APP_ID` and `LOGTO_APP_SECRET` are at hand.
   *
   * @returns what the tenant has; `undefined` if the user declines, or it has nothing
   */
  offer?: (endpoint: string) => Promise<TakeOver | undefined>;
}

/**
 * Creates a config, two typed scripts, a sample, a test and a line in `.gitignore`; or a config with what a tenant has.
 * Files that exist stay as they are.
 *
 * @returns the names of the files that were created
 * @throws {ConfigError} if `LOGTO_ENDPOINT` is not a URL
 */
export const init = async ({ cwd, env, log, offer }: InitOptions): Promise<string[]> => {
  const created: string[] = [];
  const create = async (name: string, text: string): Promise<void> => {
    const file = join(cwd, name);
    await mkdir(dirname(file), { recursive: true });
    try {
      await writeFile(file, text, { flag: 'wx' });
      created.push(name);
      log(`created ${name}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      log(`kept ${name}, which exists`);
    }
  };

  const environment = { ...(await readEnvFile(join(cwd, '.env'))), ...env };
  const { LOGTO_ENDPOINT: given, LOGTO_APP_ID: clientId, LOGTO_APP_SECRET: clientSecret } = environment;
  const endpoint = given ? endpointOf(given) : undefined;
  const hasCredentials = Boolean(clientId && clientSecret);
  const existing = configNames.find((name) => existsSync(join(cwd, name)));
  const canOffer = endpoint !== undefined && hasCredentials && existing === undefined;
  const takeOver = canOffer ? await offer?.(endpoint) : undefined;
  const config = existing ?? 'logto.config.mts';
  await create(config, configText(endpoint, takeOver ? taken(takeOver.tokenTypes) : examples));
  await ignoreEnvFiles(cwd, log);
  if (takeOver) await takeOver.pull(join(cwd, config));
  else {
    await create('claims/access-token.ts', accessToken);
    await create('claims/client-credentials.ts', clientCredentials);
    await create('claims/samples/editor.json', editor);
    // Another script has other claims.
    if (created.includes('claims/access-token.ts')) await create('claims/access-token.test.ts', test);
  }
  if (canOffer && !takeOver)
    log(
      `logto-jwt-customizer pull brings the customizers of ${endpoint} into this folder. Commit the files first`,
    );
  for (const line of nextSteps(endpoint, hasCredentials, takeOver === undefined)) log(line);
  return created;
};

/** Fit for quotes. */
const endpointOf = (endpoint: string): string => {
  try {
    return normalizeEndpoint(endpoint).replaceAll("'", '%27');
  } catch (error) {
    throw new ConfigError(`LOGTO_ENDPOINT${(error as Error).message.replace('The option `endpoint`', '')}`);
  }
};

const ignoreEnvFiles = async (cwd: string, log: InitOptions['log']): Promise<void> => {
  const file = join(cwd, '.gitignore');
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.split(/\r?\n/).includes(ignored)) return;
  await writeFile(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${ignored}\n`);
  log(`added ${ignored} to .gitignore`);
};
