import { distance } from '../claims/distance.ts';
import { normalizeEndpoint, normalizeTokenEndpoint } from '../client/endpoint.ts';
import { isRecord, pointerTo } from '../client/json.ts';
import { newestRelease, oldestRelease } from '../compatibility/index.ts';

/** The known name that a misspelt one is closest to. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((one) => ({ one, far: distance(one.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, Math.floor(name.length / 3)) ? best.one : undefined;
};

/** What is wrong with a value, each with its JSON Pointer. `parent` is the object that holds the value. */
type Check = (value: unknown, pointer: string, parent: Record<string, unknown>) => string[];

const must =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value, pointer) =>
    holds(value) ? [] : [`${pointer} must be ${expected}`];

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const text = must('a non-empty string', isText);
const flag = must('true or false', (value) => typeof value === 'boolean');
const list: Check = (value, pointer, parent) =>
  Array.isArray(value)
    ? value.flatMap((item, index) => text(item, pointerTo(pointer, index), parent))
    : [`${pointer} must be a list of strings`];

const unknown = (key: string, known: readonly string[]): string => {
  if (/secret|password|clientId|appId/i.test(key))
    return 'does not belong here: credentials are read from LOGTO_APP_ID and LOGTO_APP_SECRET';
  const near = nearestName(key, known);
  return `is unknown${near === undefined ? `; known are ${known.join(', ')}` : `: did you mean ${near}?`}`;
};

/** An object with these properties only. The names of those that are required begin with `!`. */
const object = (expected: string, properties: Record<string, Check>): Check => {
  const checks = Object.fromEntries(
    Object.entries(properties).map(([key, check]) => [key.replace('!', ''), check]),
  );
  return (value, pointer) => {
    if (!isRecord(value)) return [`${pointer || 'the default export'} must be ${expected}`];
    const missing = Object.keys(properties).filter(
      (key) => key.startsWith('!') && value[key.slice(1)] === undefined,
    );
    const problems = Object.entries(value).flatMap(([key, item]) => {
      const at = pointerTo(pointer, key);
      const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
      if (check === undefined) return [`${at} ${unknown(key, Object.keys(checks))}`];
      return item === undefined ? [] : check(item, at, value);
    });
    return [...missing.map((key) => `${pointerTo(pointer, key.slice(1))} is missing`), ...problems];
  };
};

/** An endpoint as the client takes it, so that its message appears before anything is sent. */
const url =
  (normalize: (value: string, allowHttp: boolean) => string): Check =>
  (value, pointer, { allowHttp }) => {
    try {
      normalize(String(value), allowHttp === true);
      return [];
    } catch (error) {
      return [`${pointer} ${(error as Error).message.replace(/^The option `\w+` |\.$/g, '')}`];
    }
  };

const isRelease = (value: unknown): boolean => {
  const [, minor] = /^1\.(\d+)(?:\.\d+)?$/.exec(typeof value === 'string' ? value : '') ?? [];
  return Number(minor) >= Number(oldestRelease.slice(2)) && Number(minor) <= Number(newestRelease.slice(2));
};

const tenant = object("an object such as { endpoint: 'https://my-tenant.logto.app' }", {
  '!endpoint': url((value, allowHttp) => normalizeEndpoint(value, allowHttp)),
  release: must(`a string from '${oldestRelease}' to '${newestRelease}', or left out`, isRelease),
  resource: text,
  tokenEndpoint: url((value, allowHttp) => normalizeTokenEndpoint(value, '', allowHttp)),
  allowHttp: flag,
});

/** A name is also that of a file, `.env.<name>`, and begins each line that is printed about the tenant. */
const tenants: Check = (value, pointer, parent) => {
  if (!isRecord(value) || Object.keys(value).length === 0)
    return [`${pointer} must be an object with a tenant, such as { production: { endpoint: '…' } }`];
  return Object.entries(value).flatMap(([name, item]) => {
    const at = pointerTo(pointer, name);
    if (!/^\w[\w.-]*$/.test(name))
      return [`${at}: a tenant's name consists of letters, digits, _, - and dots`];
    return tenant(item, at, parent);
  });
};

const variables: Check = (value, pointer, parent) => {
  const problems = list(value, pointer, parent);
  if (problems.length > 0) return problems;
  return (value as string[]).flatMap((name, index, all) => {
    const at = pointerTo(pointer, index);
    if (/[=\n\r\0]/.test(name)) return [`${at} must be a name, without its value`];
    if (name === 'LOGTO_APP_ID' || name === 'LOGTO_APP_SECRET')
      return [
        `${at}: ${name} is a credential of this tool and would be stored on the tenant; use another name`,
      ];
    return all.indexOf(name) === index ? [] : [`${at} repeats ${name}`];
  });
};

const customizer = object("null or an object such as { script: 'claims/access-token.ts' }", {
  '!script': must(
    'the path of a TypeScript or JavaScript file',
    (value) => isText(value) && /\.[cm]?[jt]s$/.test(value),
  ),
  environmentVariables: variables,
  sample: text,
  samples: (value, pointer, parent) =>
    Array.isArray(value) ? list(value, pointer, parent) : text(value, pointer, parent),
  blockIssuanceOnError: flag,
});
const customizerOrNull: Check = (value, ...at) => (value === null ? [] : customizer(value, ...at));

const config = object("an object such as { tenants: { production: { endpoint: '…' } }, customizers: {…} }", {
  '!tenants': tenants,
  '!customizers': object("an object such as { 'access-token': { script: '…' } }", {
    'access-token': customizerOrNull,
    'client-credentials': customizerOrNull,
  }),
});

/** What is wrong with the default export of a config, one line each. */
export const validateConfig = (value: unknown): string[] => config(value, '', {});
