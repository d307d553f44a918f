/**
 * `machine-to-machine.sql` in a PostgreSQL of this process, on the tables that it touches as Logto's releases define
 * them (`packages/schemas/tables/` of each tag), read back by the queries by which Logto authenticates an application.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'machine-to-machine.sql'), 'utf8');
const database = new PGlite();
afterAll(() => database.close());

/** From 1.28 to 1.43 one column came to these tables. */
const columns = {
  '1.28 to 1.39': '',
  '1.40 to 1.43': 'app_level_access_control_enabled boolean not null default false,',
};
type Releases = keyof typeof columns;

const tenantTable = (name: string): string => `
  create trigger set_tenant_id before insert on ${name} for each row execute procedure set_tenant_id();
  alter table ${name} enable row level security;
  create policy ${name}_tenant_id on ${name} as restrictive
    using (tenant_id = (select id from tenants where db_user = current_user));
  create policy ${name}_modification on ${name} using (true);`;

const tables = (releases: Releases): string => `
  create table tenants (id varchar(21) primary key, db_user varchar(128) unique);
  create function set_tenant_id() returns trigger as $$ begin
    if new.tenant_id is null then
      select tenants.id into new.tenant_id from tenants where tenants.db_user = current_user;
    end if;
    return new;
  end; $$ language plpgsql;

  create type application_type as enum ('Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML');
  create table applications (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    name varchar(256) not null,
    secret varchar(64) not null,
    description text,
    type application_type not null,
    oidc_client_metadata jsonb not null,
    custom_client_metadata jsonb not null default '{}',
    protected_app_metadata jsonb,
    custom_data jsonb not null default '{}',
    is_third_party boolean not null default false,
    ${columns[releases]}
    created_at timestamptz not null default now()
  );
  create function check_application_type(application_id varchar(21), variadic target_type application_type[])
    returns boolean as $$ begin
      return (select type from applications where id = application_id) = any(target_type);
    end; $$ language plpgsql set search_path = public;
  create table application_secrets (
    tenant_id varchar(21) not null references tenants (id),
    application_id varchar(21) not null references applications (id) on delete cascade,
    name varchar(256) not null,
    value varchar(64) not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    primary key (tenant_id, application_id, name),
    check (check_application_type(application_id, 'MachineToMachine', 'Traditional', 'Protected'))
  );
  create type role_type as enum ('User', 'MachineToMachine');
  create table roles (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    name varchar(128) not null,
    description varchar(128) not null,
    type role_type not null default 'User',
    is_default boolean not null default false,
    unique (tenant_id, name)
  );
  create function check_role_type(role_id varchar(21), target_type role_type) returns boolean as $$ begin
    return (select type from public.roles where id = role_id) = target_type;
  end; $$ language plpgsql;
  create table applications_roles (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    application_id varchar(21) not null references applications (id) on delete cascade,
    role_id varchar(21) not null references roles (id) on delete cascade,
    unique (tenant_id, application_id, role_id),
    check (check_role_type(role_id, 'MachineToMachine'))
  );
  create table resources (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    name text not null,
    indicator text not null,
    is_default boolean not null default false,
    access_token_ttl bigint not null default 3600,
    unique (tenant_id, indicator)
  );
  create table scopes (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    resource_id varchar(21) not null references resources (id),
    name varchar(256) not null,
    description text,
    created_at timestamptz not null default now(),
    unique (tenant_id, resource_id, name)
  );
  create table roles_scopes (
    tenant_id varchar(21) not null references tenants (id),
    id varchar(21) primary key,
    role_id varchar(21) not null references roles (id) on delete cascade,
    scope_id varchar(21) not null references scopes (id) on delete cascade,
    unique (tenant_id, role_id, scope_id)
  );
  ${['applications', 'application_secrets', 'roles', 'applications_roles', 'resources', 'scopes', 'roles_scopes'].map(tenantTable).join('')}
  grant usage on schema public to logto_tenant;
  grant select, insert, update, delete on all tables in schema public to logto_tenant;
  revoke all on table tenants from logto_tenant;
  grant select (id, db_user) on table tenants to logto_tenant;
  alter table tenants enable row level security;
  create policy tenants_tenant_id on tenants using (db_user = current_user);`;

/** The Management API of the tenant `default`, its roles, and its copy in the tenant `admin`, as `logto db seed` does. */
const seed = `
  insert into tenants values ('default', 'tenant_default'), ('admin', 'tenant_admin');
  insert into resources (tenant_id, id, name, indicator) values
    ('default', 'management-api', 'Logto Management API', 'https://default.logto.app/api'),
    ('admin', 'x1', 'Logto Management API for tenant default', 'https://default.logto.app/api');
  insert into scopes (tenant_id, id, resource_id, name) values
    ('default', 'management-api-all', 'management-api', 'all'), ('admin', 'x2', 'x1', 'all');
  insert into roles (tenant_id, id, name, description, type) values
    ('default', 'admin-role', '#internal:admin', 'Internal.', 'MachineToMachine'),
    ('default', 'x3', 'Logto Management API access', 'This default role grants access.', 'MachineToMachine');
  insert into roles_scopes (tenant_id, id, role_id, scope_id) values
    ('default', 'x4', 'admin-role', 'management-api-all'), ('default', 'x5', 'x3', 'management-api-all');`;

const id = 'jwt-customizer-suite';

const rows = async <T>(text: string, parameters: unknown[] = []): Promise<T[]> =>
  (await database.query<T>(text, parameters)).rows;

/** Runs the script as somebody. Answers what it printed. @throws {Error} the database's. */
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

/** How Logto finds a secret that is offered, and what of the application's it then compares. */
const findByCredentials = (application: unknown, secret: unknown): Promise<object[]> =>
  rows(
    `select s.name, s.expires_at, a.type, a.secret like '#internal:%' as internal
      from application_secrets s join applications a on s.application_id = a.id
      where s.application_id = $1 and s.value = $2`,
    [application, secret],
  );

/** How Logto finds what the application may do, by way of its roles. */
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
  test.each(['postgres', 'tenant_default'])('it makes an application as %s, once', async (role) => {
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

  test('makes another secret in each database', async () => {
    const first = await runAs('postgres');
    await prepare();
    await database.exec(seed);
    expect((await runAs('postgres'))['LOGTO_APP_SECRET']).not.toBe(first['LOGTO_APP_SECRET']);
  });

  test('makes a new secret where the old one has expired, and leaves one that has not', async () => {
    const first = await runAs('postgres');
    await database.exec(`update application_secrets set expires_at = now() + interval '1 day'`);
    expect(await runAs('postgres')).toEqual(first);
    await database.exec(`update application_secrets set expires_at = now() - interval '1 day'`);
    const second = await runAs('tenant_default');
    expect(second['LOGTO_APP_SECRET']).not.toBe(first['LOGTO_APP_SECRET']);
    expect(await findByCredentials(id, second['LOGTO_APP_SECRET'])).toMatchObject([{ expires_at: null }]);
    expect(await findByCredentials(id, first['LOGTO_APP_SECRET'])).toEqual([]);
  });

  test('makes a new secret where the old one was deleted, and leaves those of other names', async () => {
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
  ])("brings a role of its own where Logto's %s, once", async (_, change) => {
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
  ])('leaves an application %s that has the id', async (_, values) => {
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
])('a database %s is told to be seeded', async (_, ddl) => {
  await database.exec(`drop schema public cascade; create schema public; ${ddl}`);
  await expect(runAs('postgres')).rejects.toThrow('no Management API of the tenant "default"');
});
