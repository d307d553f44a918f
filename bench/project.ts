import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AccessTokenJwtCustomizer, ClientCredentialsJwtCustomizer } from '../generated/types.d.ts';

export const root = resolve(import.meta.dirname, '..');

let isBuilt = false;

/** Builds `dist/` once per run. */
export const build = (): void => {
  if (isBuilt) return;
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], { stdio: 'inherit' });
  isBuilt = true;
};

export interface Project {
  folder: string;
  remove(): void;
}

/** An empty project with the built package and the official client installed. */
export const makeProject = (): Project => {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(join(folder, 'node_modules/@logto'), { recursive: true });
  const link = (target: string, name: string): void =>
    symlinkSync(target, join(folder, 'node_modules', name), 'junction');
  link(root, 'logto-jwt-customizer');
  for (const name of ['@logto/api', 'openapi-fetch', '@types']) link(join(root, 'node_modules', name), name);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
};

const { components } = JSON.parse(
  readFileSync(new URL('../generated/openapi.json', import.meta.url), 'utf8'),
) as { components: { examples: Record<string, { value: unknown }> } };

const exampleOf = (name: string): unknown => {
  const example = components.examples[name];
  if (example === undefined) throw new Error(`the document has no example ${name}`);
  return example.value;
};

/** A body with every field that a tenant knows. */
export const fullAccessToken = exampleOf('access-token-every-field') as AccessTokenJwtCustomizer;
export const fullClientCredentials = exampleOf(
  'client-credentials-every-field',
) as ClientCredentialsJwtCustomizer;

/** A body with only the script, as in most updates. */
export const scriptAlone = exampleOf('access-token-script-only') as AccessTokenJwtCustomizer;
