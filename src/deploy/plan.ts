/** A saved plan: what `diff --out` found, so that `push` applies exactly that. It holds no secret. */
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { TokenType } from '../../generated/types.d.ts';
import type { Sample } from '../claims/index.ts';
import { isRecord, sameJson } from '../client/json.ts';
import { fingerprint } from '../session/index.ts';
import { ConfigError, RefusedPushError } from './errors.ts';
import type { Customizer, Wanted } from './types.ts';

export interface PlannedCustomizer {
  /** The digest of what the tenant had; of `null`, if it had no customizer. */
  read: string;
  /** What a push stores, without the comment and without environment variables. */
  wanted: Omit<Customizer, 'environmentVariables'> | null;
  /** The environment variables: the digest of each value, by name. */
  values: Record<string, string>;
  /** A sample without `environmentVariables` is run with the tenant's. */
  samples: Record<string, Sample>;
}

export interface PlannedTenant {
  endpoint: string;
  release: string;
  customizers: { [T in TokenType]?: PlannedCustomizer };
  /** The digest of the rest, by which a change of the file or of the client secret is seen. */
  seal: string;
}

export interface Plan {
  version: 1;
  /** The version of this package. */
  by: string;
  /** ISO 8601. */
  madeAt: string;
  commit?: string;
  tenants: Record<string, PlannedTenant>;
}

/**
 * Identifies a value without revealing it, however short it is: HMAC-SHA-256, which ignores the order of keys.
 *
 * @param key - the client secret
 */
export const digest = (key: string, value: unknown): string =>
  createHmac('sha256', key).update(fingerprint(value)).digest('hex');

const digestsOf = (key: string, values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digest(key, [name, value])]));

const planCustomizer = (
  key: string,
  stored: Customizer | null,
  { customizer, samples }: Wanted,
): PlannedCustomizer => {
  const { environmentVariables = {}, ...wanted } = customizer ?? { script: '' };
  const withoutValues = ({ environmentVariables: own, ...sample }: Sample): Sample =>
    own === undefined || sameJson(own, environmentVariables)
      ? sample
      : { ...sample, environmentVariables: own };
  return {
    read: digest(key, stored),
    wanted: customizer && wanted,
    values: digestsOf(key, environmentVariables),
    samples: Object.fromEntries(
      Object.entries(samples).map(([name, sample]) => [name, withoutValues(sample)]),
    ),
  };
};

/** What a plan holds about one tenant. */
export const planTenant = (
  { endpoint, release, clientSecret: key }: { endpoint: string; release: string; clientSecret: string },
  compared: readonly { stored: Customizer | null; wanted: Wanted }[],
): PlannedTenant => {
  const customizers: PlannedTenant['customizers'] = {};
  for (const { stored, wanted } of compared)
    customizers[wanted.tokenType] = planCustomizer(key, stored, wanted);
  // As it will be read: without what is undefined.
  const rest: Omit<PlannedTenant, 'seal'> = JSON.parse(JSON.stringify({ endpoint, release, customizers }));
  return { ...rest, seal: digest(key, rest) };
};

/**
 * What a plan is to store on a tenant, with the values of variables, and the digest of what the tenant must still have.
 *
 * @param settings - `endpoint` and `clientSecret` of today
 * @param valuesOf - reads the values of variables again
 * @throws {ConfigError} if the tenant has another endpoint, the client secret is another one, or the file was changed
 * @throws {RefusedPushError} if values of variables differ from those of the plan
 */
export const openPlan = (
  name: string,
  { seal, ...rest }: PlannedTenant,
  { endpoint, clientSecret: key }: { endpoint: string; clientSecret: string },
  valuesOf: (tokenType: TokenType, names: string[]) => Record<string, string>,
): { read: string; wanted: Wanted }[] => {
  if (rest.endpoint !== endpoint)
    throw new ConfigError(
      `${name}: the plan is for ${rest.endpoint}, and the config names ${endpoint}. Make the plan again`,
    );
  if (digest(key, rest) !== seal)
    throw new ConfigError(
      `${name}: the plan was made with another LOGTO_APP_SECRET, or its file was changed. Make it again with the application that pushes`,
    );
  return (Object.entries(rest.customizers) as [TokenType, PlannedCustomizer][]).map(
    ([tokenType, planned]) => {
      const values = valuesOf(tokenType, Object.keys(planned.values));
      const digests = digestsOf(key, values);
      const moved = Object.keys(planned.values).filter(
        (variable) => digests[variable] !== planned.values[variable],
      );
      if (moved.length > 0)
        throw new RefusedPushError(
          `${name}: ${tokenType}: the plan was made with other values of ${moved.join(', ')}. Make it again`,
        );
      const variables = Object.keys(values).length > 0 ? { environmentVariables: values } : {};
      const samples = Object.entries(planned.samples).map(([file, sample]) => [
        file,
        { ...variables, ...sample },
      ]);
      const customizer = planned.wanted && ({ ...planned.wanted, ...variables } as Customizer);
      return { read: planned.read, wanted: { tokenType, customizer, samples: Object.fromEntries(samples) } };
    },
  );
};

/** @throws {ConfigError} if the file cannot be written */
export const savePlan = async (file: string, plan: Plan): Promise<void> => {
  await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`).catch((error: Error) => {
    throw new ConfigError(`the plan cannot be written: ${error.message}`);
  });
};

/** The seals do not cover the commit, which becomes part of a comment in the script. */
const isCommit = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && /^[0-9a-f]{7,64}(?:-dirty)?$/.test(value));

const isPlan = (value: unknown): value is Plan =>
  isRecord(value) &&
  value['version'] === 1 &&
  isCommit(value['commit']) &&
  isRecord(value['tenants']) &&
  // Without any, a push would be of the folder.
  Object.keys(value['tenants']).length > 0 &&
  Object.values(value['tenants']).every(
    (tenant) =>
      isRecord(tenant) && ['endpoint', 'release', 'seal'].every((name) => typeof tenant[name] === 'string'),
  );

/**
 * Reads a plan. What it holds about a tenant is for {@link openPlan} to verify, by the seal.
 *
 * @throws {ConfigError} for a file that cannot be read or is not a plan of version 1
 */
export const loadPlan = async (file: string): Promise<Plan> => {
  let plan: unknown;
  try {
    plan = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`the plan ${file} cannot be read: ${(error as Error).message}`);
  }
  if (isPlan(plan)) return plan;
  throw new ConfigError(
    `${file} is not a plan of version 1. Save one with: logto-jwt-customizer diff --out ${file}`,
  );
};
