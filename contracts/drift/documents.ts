import { readFileSync } from 'node:fs';
import { schemasOf } from '../../src/contract/fuzz/release-schemas.ts';
import type { Json } from '../../src/contract/json.ts';
import { readDocument } from '../../src/contract/recordings/index.ts';
import type { Source } from '../../src/drift/report.ts';
import { isBefore } from '../../src/tenant/release.ts';
import { recordedReleases } from '../conforming/index.ts';

const generated = new URL('../../generated/openapi.json', import.meta.url);

/** Our document. */
export const ours: Source = {
  name: 'our document',
  document: JSON.parse(readFileSync(generated, 'utf8')) as Json,
};

/** What a recorded tenant says of itself. */
export const tenantOf = (release: string): Source => ({
  name: `logto-${release}.openapi.json`,
  document: JSON.parse(readDocument(release)) as Json,
});

/** What the recorded tenants say of themselves, the oldest first. */
export const tenants: readonly Source[] = recordedReleases.map(tenantOf);

const at = (index: number): { release: string; tenant: Source } => {
  const release = recordedReleases.at(index);
  if (release === undefined) throw new Error('there are too few recorded releases');
  return { release, tenant: tenantOf(release) };
};

export const { tenant: oldest } = at(0);
export const { tenant: previous } = at(-2);
export const { tenant: newest, release: newestRelease } = at(-1);

const schemas = schemasOf({ name: newestRelease, has: (since) => !isBefore(newestRelease, since) });
const { components, ...rest } = ours.document as { components: { [name: string]: Json } };

/** A copy of our document without what came after the newest recorded release: no tenant has that yet. */
export const oursOfNewest: Source = {
  ...ours,
  document: { ...rest, components: { ...components, schemas: schemas as Json } },
};
