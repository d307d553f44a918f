/** Tests `compose.yaml` without a container engine. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readWorkflow } from './workflows.test-helper.ts';

interface Service {
  image: string;
  depends_on?: Record<string, { condition: string }>;
  entrypoint?: string[];
  environment: Record<string, string>;
  healthcheck?: { test: unknown[] };
  ports?: string[];
  profiles?: string[];
  volumes?: string[];
}

const root = resolve(import.meta.dirname, '..');
const text = readFileSync(resolve(root, 'compose.yaml'), 'utf8');
const { services } = parse(text) as {
  services: Record<'postgres' | 'logto' | 'credentials', Service>;
};
const { postgres, logto, credentials } = services;

test('each service waits until the previous one is healthy', () => {
  expect(Object.keys(services)).toEqual(['postgres', 'logto', 'credentials']);
  expect(postgres.depends_on).toBeUndefined();
  expect(logto.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  expect(credentials.depends_on).toEqual({ logto: { condition: 'service_healthy' } });
  // A colon in plain YAML turns a string into an object.
  for (const { healthcheck } of [postgres, logto])
    for (const word of healthcheck?.test ?? [undefined]) expect(word).toBeTypeOf('string');
});

test('it listens only on this machine', () => {
  for (const { ports = [] } of Object.values(services))
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  expect(postgres.ports).toBeUndefined();
  expect(logto.ports).toHaveLength(2);
});

test('the image is the newest unless LOGTO_TAG is set', () => {
  expect(logto.image).toBe(`svhd/logto:$${'{LOGTO_TAG:-latest}'}`);
});

test('all services use one database with one password', () => {
  const password = postgres.environment['POSTGRES_PASSWORD'];
  expect(password).toBeTruthy();
  expect(logto.environment['DB_URL']).toBe(`postgres://postgres:${password}@postgres:5432/logto`);
  expect(credentials.environment).toMatchObject({
    PGHOST: 'postgres',
    PGDATABASE: 'logto',
    PGUSER: 'postgres',
    PGPASSWORD: password,
    LOGTO_ENDPOINT: logto.environment['ENDPOINT'],
  });
});

test('the application is created on request by the mounted script', () => {
  expect(credentials.profiles).toEqual(['credentials']);
  const [[from = '', to = '']] = (credentials.volumes ?? []).map((volume) => volume.split(':')) as [string[]];
  expect(existsSync(resolve(root, from))).toBe(true);
  const [shell, flag, script = ''] = credentials.entrypoint ?? [];
  expect([shell, flag]).toEqual(['sh', '-ec']);
  expect(script).toContain(`--file ${to}\n`);
  expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test('its documented command is the one that CI runs', () => {
  const command = '(umask 077 && docker compose run --rm -T credentials > ';
  expect(text).toContain(`${command}.env)`);
  const commands = readWorkflow('newest-logto.yml').jobs['newest']?.steps?.map(({ run = '' }) => run) ?? [];
  expect(commands.filter((run) => run.startsWith(command))).toHaveLength(1);
  expect(readFileSync(resolve(root, '.gitignore'), 'utf8')).toContain('\n.env\n');
});
