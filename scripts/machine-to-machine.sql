-- Makes the machine-to-machine application "JWT customizer contract suite", which may use the Management API of the
-- tenant "default", and returns two rows: LOGTO_APP_ID=… and LOGTO_APP_SECRET=…
--
--   psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --file scripts/machine-to-machine.sql "$DB_URL"
--
-- For a self-hosted Logto from 1.28 on, as the owner of its tables or as the tenant's own database role. Any client of
-- PostgreSQL will do: it is plain SQL. A running Logto needs no restart. A second run changes nothing and returns the
-- same two rows; it makes a new secret only if the old one has expired or was deleted. To remove the application,
-- delete it in Logto's Console.
--
-- The secret is made here, so that it appears in no statement that a server may log.

begin;

set local search_path to public;

do $make$
declare
  tenant constant text := 'default';
  application constant text := 'jwt-customizer-suite';
  scope_all text;
  management_role text;
begin
  if to_regclass('application_secrets') is not null then
    select scopes.id into scope_all
      from scopes join resources on resources.id = scopes.resource_id and resources.tenant_id = scopes.tenant_id
      where scopes.tenant_id = tenant
        and scopes.name = 'all'
        and resources.indicator = 'https://default.logto.app/api';
  end if;
  if scope_all is null then
    raise exception 'no Management API of the tenant "%" in this database', tenant
      using hint = 'Seed it first (logto db seed), and connect as the owner of the tables or as the tenant''s role.';
  end if;

  insert into applications (tenant_id, id, name, description, secret, type, oidc_client_metadata)
    values (
      tenant, application, 'JWT customizer contract suite', 'Made by machine-to-machine.sql.',
      -- Logto's own check alone reads this one. It never leaves the database.
      '#internal:' || replace(gen_random_uuid()::text, '-', ''),
      'MachineToMachine', '{"redirectUris": [], "postLogoutRedirectUris": []}'
    )
    on conflict (id) do nothing;
  if not exists (
    select from applications
      where tenant_id = tenant and id = application and type = 'MachineToMachine'
  ) then
    raise exception 'the application "%" is another tenant''s, or not a machine-to-machine application', application;
  end if;

  -- The role that Logto creates. If it was deleted or its permission removed, our own role.
  select roles.id into management_role
    from roles join roles_scopes on roles_scopes.role_id = roles.id and roles_scopes.tenant_id = roles.tenant_id
    where roles.tenant_id = tenant
      and roles.type = 'MachineToMachine'
      and roles.name = 'Logto Management API access'
      and roles_scopes.scope_id = scope_all;
  if management_role is null then
    management_role := application;
    insert into roles (tenant_id, id, name, description, type)
      values (
        tenant, management_role, 'JWT customizer contract suite', 'Grants access to the Management API.', 'MachineToMachine'
      )
      on conflict (id) do nothing;
    insert into roles_scopes (tenant_id, id, role_id, scope_id)
      values (tenant, substr(replace(gen_random_uuid()::text, '-', ''), 1, 21), management_role, scope_all)
      on conflict (tenant_id, role_id, scope_id) do nothing;
  end if;

  insert into applications_roles (tenant_id, id, application_id, role_id)
    values (tenant, substr(replace(gen_random_uuid()::text, '-', ''), 1, 21), application, management_role)
    on conflict (tenant_id, application_id, role_id) do nothing;

  -- 244 random bits.
  insert into application_secrets as secret (tenant_id, application_id, name, value)
    values (
      tenant, application, 'Default secret', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
    )
    on conflict (tenant_id, application_id, name) do update
      set value = excluded.value, created_at = excluded.created_at, expires_at = null
      where secret.expires_at <= now();
end
$make$;

select unnest(array['LOGTO_APP_ID=' || application_id, 'LOGTO_APP_SECRET=' || value]) as variable
  from application_secrets
  where tenant_id = 'default' and application_id = 'jwt-customizer-suite' and name = 'Default secret';

commit;
