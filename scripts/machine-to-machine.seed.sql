-- The Management API of the tenant "default", its roles, and its copy in the tenant "admin", as `logto db seed` does.
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
  ('default', 'x4', 'admin-role', 'management-api-all'), ('default', 'x5', 'x3', 'management-api-all');
