/** What the calls of the catalogue send, and what a tenant answers to them. */
import type { Fault, World } from './fault.ts';
import { json, type Reply } from './http.ts';

/** Planted: none of these may be in an error. */
export const secrets = {
  clientSecret: 'planted-client-secret',
  token: 'planted-access-token',
  variable: 'planted-variable',
};

export const credentials = { clientId: 'm2m0123456789', clientSecret: secrets.clientSecret };

const customizer = (script: string) => ({ script, environmentVariables: { KEY: secrets.variable } });

/** What was there before a write. */
export const before = customizer('// before');
/** What a write sends. */
export const ours = customizer('// ours');
/** What somebody else writes. */
export const theirs = customizer('// theirs');

export const configs = [{ key: 'jwt.accessToken', value: before }];
export const claims = { plan: 'pro' };

/** The list of customizers, as a read is answered. */
export const listed: Reply = json(200, configs);
export const holdsBefore: Reply = json(200, before);
export const holdsOurs: Reply = json(200, ours);
export const holdsTheirs: Reply = json(200, theirs);
export const holdsNone: Reply = json(404, {
  code: 'entity.not_exists_with_id',
  message: 'The logto_config with ID `jwt.accessToken` does not exist.',
});

/** As recorded in token-endpoint.jsonl, "granted". */
export const granted = (fields: Readonly<Record<string, unknown>> = {}): Reply =>
  json(200, {
    access_token: secrets.token,
    expires_in: 3600,
    token_type: 'Bearer',
    scope: 'all',
    ...fields,
  });

export const testRequest = {
  tokenType: 'client-credentials',
  script: 'const getCustomJwtClaims = async () => ({});',
  token: {},
  context: {},
} as const;

type Client = Parameters<Fault['call']>[0];

/** The calls, each with the caller's signal. */
export const list = (client: Client, { signal }: World) => client.list({ signal });
export const get = (client: Client, { signal }: World) => client.get('access-token', { signal });
export const put = (client: Client, { signal }: World) => client.put('access-token', ours, { signal });
export const update = (client: Client, { signal }: World) =>
  client.update('access-token', { script: ours.script }, { signal });
export const remove = (client: Client, { signal }: World) => client.delete('access-token', { signal });
export const restore = (client: Client, { signal }: World) =>
  client.restore('access-token', ours, { signal });
export const test = (client: Client, { signal }: World) => client.test(testRequest, { signal });

/** A fault without its name and its handling. */
export type Row = Omit<Fault, 'name' | 'handling'>;

/** The faults that one handling is there for, by their names. */
export const proves = (handling: string, rows: Readonly<Record<string, Row>>): Fault[] =>
  Object.entries(rows).map(([name, row]) => ({ name, handling, ...row }));

/** Rows about one call, which is answered in the end, unless `more` says otherwise. */
const calling =
  (call: Fault['call'], value: unknown) =>
  (requests: string, api: Fault['api'] = [], more: Partial<Row> = {}): Row => ({
    call,
    requests,
    api,
    expects: { value },
    ...more,
  });

export const listing = calling(list, configs);
export const getting = calling(get, before);
export const putting = calling(put, ours);
export const deleting = calling(remove, undefined);
export const testing = calling(test, claims);

/** A call twice, the second after the first: both answers. */
export const twice =
  (
    call: (client: Client, world: World) => Promise<unknown>,
    between?: (world: World) => Promise<void> | void,
  ) =>
  async (client: Client, world: World): Promise<unknown> => {
    const first = await call(client, world);
    await between?.(world);
    return [first, await call(client, world)];
  };
