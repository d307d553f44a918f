-- The tables of Logto that machine-to-machine.sql touches, as its releases define them (packages/schemas/tables/ of each tag).
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
  -- the releases' own
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
do $$ declare name text; begin
  foreach name in array '{applications,application_secrets,roles,applications_roles,resources,scopes,roles_scopes}'::text[] loop
    execute format('create trigger set_tenant_id before insert on %I for each row execute procedure set_tenant_id()', name);
    execute format('alter table %I enable row level security', name);
    execute format('create policy %I on %I as restrictive
      using (tenant_id = (select id from tenants where db_user = current_user))', name || '_tenant_id', name);
    execute format('create policy %I on %I using (true)', name || '_modification', name);
  end loop;
end; $$;
grant usage on schema public to logto_tenant;
grant select, insert, update, delete on all tables in schema public to logto_tenant;
revoke all on table tenants from logto_tenant;
grant select (id, db_user) on table tenants to logto_tenant;
alter table tenants enable row level security;
create policy tenants_tenant_id on tenants using (db_user = current_user);
