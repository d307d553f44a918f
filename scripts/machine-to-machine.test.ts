/**
 * Runs `machine-to-machine.sql` in an in-process PostgreSQL with Logto's table definitions (`packages/schemas/tables/` of
 * each tag), and reads the result with the queries that Logto uses to authenticate an application.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
const script = read('machine-to-machine.sql');
const database = new PGlite();
afterAll(() => database.close());

/** From 1.28 to 1.43, these tables gained one column. */
const columns = {
  '1.28 to 1.39': '',
  '1.40 to 1.43': 'app_level_access_control_enabled boolean not null default false,',
};
type Releases = keyof typeof columns;

const tables = (releases: Releases): string =>
  read('machine-to-machine.tables.sql').replace("-- the releases' own", columns[releases]);
const seed = read('machine-to-machine.seed.sql');

const id = 'jwt-customizer-suite';

const rows = async <T>(text: string, parameters: unknown[] = []): Promise<T[]> =>
  (await database.query<T>(text, parameters)).rows;

/** Runs the script as a role and returns its output. @throws {Error} the database's */
const runAs = async (role: string): Promise<Record<string, string>> => {
  await database.exec(`set role ${role}`);
  try {
    const results = await database.exec(script);
    const printed = results.flatMap((result) => result.rows as { variable: string }[]);
    return Object.fromEntries(printed.map(({ variable }) => variable.split('=')));
  } finally {
    await database.exec('rollback; reset role');
  }
};

/** Logto's query for a presented secret, with the fields of the application that it then checks. */
const findByCredentials = (application: unknown, secret: unknown): Promise<object[]> =>
  rows(
    `select s.name, s.expires_at, a.type, a.secret like '#internal:%' as internal
      from application_secrets s join applications a on s.application_id = a.id
      where s.application_id = $1 and s.value = $2`,
    [application, secret],
  );

/** Logto's query for the permissions of the application through its roles. */
const findScopes = (application: unknown): Promise<object[]> =>
  rows(
    `select r.name as role, s.name as scope from applications_roles ar
      join roles r on r.id = ar.role_id
      join roles_scopes rs on rs.role_id = r.id
      join scopes s on s.id = rs.scope_id
      join resources on resources.id = s.resource_id
      where ar.application_id = $1 and resources.indicator = 'https://default.logto.app/api'`,
    [application],
  );

const prepare = async (releases: Releases = '1.40 to 1.43'): Promise<void> => {
  await database.exec(`drop schema public cascade; create schema public; ${tables(releases)}`);
};

beforeAll(async () => {
  await database.exec(`
    create role logto_tenant noinherit;
    create role tenant_default inherit login in role logto_tenant;
    create role tenant_admin inherit login in role logto_tenant;`);
}, 120_000);

describe.each(Object.keys(columns) as Releases[])('on the tables of Logto %s', (releases) => {
  test.each(['postgres', 'tenant_default'])('it creates an application as %s, once', async (role) => {
    await prepare(releases);
    await database.exec(seed);
    const first = await runAs(role);
    expect(first).toEqual({
      LOGTO_APP_ID: id,
      LOGTO_APP_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await runAs(role)).toEqual(first);
    expect(await findByCredentials(first['LOGTO_APP_ID'], first['LOGTO_APP_SECRET'])).toEqual([
      { name: 'Default secret', expires_at: null, type: 'MachineToMachine', internal: true },
    ]);
    expect(await findScopes(id)).toEqual([{ role: 'Logto Management API access', scope: 'all' }]);
    expect(await rows('select id from applications')).toEqual([{ id }]);
    expect(await rows('select id from roles where id = $1', [id])).toEqual([]);
  });
});

describe('the script', () => {
  beforeEach(async () => {
    await prepare();
    await database.exec(seed);
  });

  test('creates a different secret in each database', async () => {
    const first = await runAs('postgres');
    await prepare();
    await database.exec(seed);
    expect((await runAs('postgres'))['LOGTO_APP_SECRET']).not.toBe(first['LOGTO_APP_SECRET']);
  });

  test('creates a new secret if the old one has expired, and keeps one that has not', async () => {
    const first = await runAs('postgres');
    await database.exec(`update application_secrets set expires_at = now() + interval '1 day'`);
    expect(await runAs('postgres')).toEqual(first);
    await database.exec(`update application_secrets set expires_at = now() - interval '1 day'`);
    const second = await runAs('tenant_default');
    expect(second['LOGTO_APP_SECRET']).not.toBe(first['LOGTO_APP_SECRET']);
    expect(await findByCredentials(id, second['LOGTO_APP_SECRET'])).toMatchObject([{ expires_at: null }]);
    expect(await findByCredentials(id, first['LOGTO_APP_SECRET'])).toEqual([]);
  });

  test('creates a new secret if the old one was deleted, and keeps those with other names', async () => {
    await runAs('postgres');
    await database.exec(`update application_secrets set name = 'Of CI'`);
    await runAs('postgres');
    expect(await rows('select name from application_secrets order by name')).toEqual([
      { name: 'Default secret' },
      { name: 'Of CI' },
    ]);
  });

  test.each([
    ['is gone', `delete from roles where id = 'x3'`],
    ['is for people', `update roles set type = 'User' where id = 'x3'`],
    [
      'may do something else',
      `insert into scopes (tenant_id, id, resource_id, name) values ('default', 'x6', 'management-api', 'read');
       update roles_scopes set scope_id = 'x6' where role_id = 'x3'`,
    ],
  ])("creates its own role if Logto's %s, once", async (_, change) => {
    await database.exec(change);
    const theirs = (): Promise<object[]> =>
      rows('select * from roles_scopes where role_id <> $1 order by id', [id]);
    const before = await theirs();
    await runAs('tenant_default');
    await runAs('postgres');
    expect(await findScopes(id)).toEqual([{ role: 'JWT customizer contract suite', scope: 'all' }]);
    expect(await theirs()).toEqual(before);
  });

  test("writes nothing as another tenant's role", async () => {
    await expect(runAs('tenant_admin')).rejects.toThrow('no Management API of the tenant "default"');
    expect(await rows('select id from applications')).toEqual([]);
  });

  test.each([
    ['of another type', `'default', '${id}', 'Theirs', 'N/A', 'SPA', '{}'`],
    ["of another tenant's", `'admin', '${id}', 'Theirs', 'N/A', 'MachineToMachine', '{}'`],
  ])('does not change an application %s with the same id', async (_, values) => {
    await database.exec(
      `insert into applications (tenant_id, id, name, secret, type, oidc_client_metadata) values (${values})`,
    );
    const before = await rows('select * from applications');
    await expect(runAs('postgres')).rejects.toThrow(`the application "${id}" is another tenant's`);
    expect(await rows('select * from applications')).toEqual(before);
    expect(await rows('select name from application_secrets')).toEqual([]);
  });
});

test.each([
  ['that has not been seeded', tables('1.40 to 1.43')],
  ["that is not Logto's", ''],
])('for a database %s, the error says to seed it', async (_, ddl) => {
  await database.exec(`drop schema public cascade; create schema public; ${ddl}`);
  await expect(runAs('postgres')).rejects.toThrow('no Management API of the tenant "default"');
});
