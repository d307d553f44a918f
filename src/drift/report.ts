import { brief, type Json, parsePointer } from '../contract/json.ts';
import { readDocument, recordedReleases } from '../contract/recordings/index.ts';
import { rangeOf } from '../contract/releases.ts';
import { isBefore } from '../runner/release.ts';
import { type Normalized, normalize, type Source } from './normalize.ts';
import { type Change, changesBetween } from './redocly.ts';
import type { JsonObject } from './spell.ts';

/** One change, with all of its places. */
export interface Finding {
  breaking: boolean;
  kind: Change['kind'];
  direction: 'request' | 'response';
  /** The path from the body on: `*` for items and values of a map, `[type=Social]` for a variant. */
  field: string;
  message: string;
  /** `pointer` (RFC 6901) is into `document`; for removals, that is the base. */
  places: { operation: string; status?: string; document: string; pointer: string }[];
}

/** The output of `drift --json`. */
export interface DriftReport {
  version: 1;
  /** What the document is compared with. If there are two releases, only differences from both count. */
  base: string[];
  revision: string;
  counts: { breaking: number; compatible: number };
  /** Breaking changes come first. */
  findings: Finding[];
}

/**
 * The vendor's own document of a release: as recorded, else those of the releases before and after.
 *
 * @param named For example `1.42`; if omitted, the document shows its release.
 */
const recordedFor = (document: unknown, named?: string): Source[] => {
  const next = named?.replace(/\.(\d+).*/, (_, minor) => `.${Number(minor) + 1}`);
  const { from, before } = named === undefined ? rangeOf(document) : { from: named, before: next };
  const isLater = (release: string): boolean => before !== undefined && !isBefore(release, before);
  const own = recordedReleases.findLast((release) => !isBefore(release, from) && !isLater(release));
  const around = [recordedReleases.find(isLater), recordedReleases.findLast((one) => isBefore(one, from))];
  return (own === undefined ? around : [own])
    .filter((release) => release !== undefined)
    .map((release) => ({ name: `Logto ${release}`, document: JSON.parse(readDocument(release)) }));
};

/** The path after the operation and status, abbreviated. */
const fieldOf = (path: string): string =>
  path
    .replace(/^#(\/paths\/[^/]+(\/[^/]+)?(\/requestBody|\/responses\/[^/]+)?)?/, '')
    .replace(/^\/content\/application~1json(\/schema)?/, '')
    .replaceAll(
      /\/(?:properties|headers)(\/[^/]+)|\/\$defs\/([^/]+)|\/(?:items|additionalProperties|properties)(?=\/|$)/g,
      (_, name, kind) => name ?? (kind === undefined ? '/*' : `[${kind}]`),
    );

const messageOf = ({ kind, verdicts, property, base, revision }: Change): string => {
  const { in: place, name } = Object((revision ?? base)?.value) as JsonObject;
  const what = typeof place === 'string' ? `\`${name}\` ${place} parameter` : 'It';
  if (verdicts.length > 0) return verdicts.map(({ message }) => message).join(' ');
  if (kind !== 'modified') return `${what} was ${kind}.`;
  return `\`${property}\` changed from ${brief(base?.value)} to ${brief(revision?.value)}.`;
};

const findingOf = (change: Change, base: Normalized, revision: Normalized): Finding => {
  const { name, placeOf } = change.kind === 'removed' ? base : revision;
  const [root, path = '', method = '', side, status] = parsePointer(change.path);
  const operation = root === 'paths' ? `${method.toUpperCase()} ${path}`.trim() : 'every operation';
  const isResponse = side === 'responses';
  const pointer = placeOf((change.revision ?? change.base)?.pointer.slice(1) ?? '');
  return {
    breaking: change.impact === 'major',
    kind: change.kind,
    direction: isResponse ? 'response' : 'request',
    field: fieldOf(change.path),
    message: messageOf(change),
    places: [{ operation, ...(isResponse && status !== undefined && { status }), document: name, pointer }],
  };
};

/** Whether another release, whose value is `then`, has everything that was added here and lacks everything that was removed. */
const isBetween = ({ kind, property, base, revision }: Change, then: Json | undefined): boolean => {
  const [before, now, after] = [base?.value, revision?.value, then].map((value) =>
    value === undefined && property !== 'required' ? undefined : [value ?? []].flat(),
  );
  if (kind !== 'modified' || before === undefined || now === undefined || after === undefined) return false;
  return (
    now.every((one) => before.includes(one) || after.includes(one)) &&
    before.every((one) => now.includes(one) || !after.includes(one))
  );
};

/** Whether the document also differs from the other release there. What that release lacks counts as empty. */
const differsThere = (change: Change, others: readonly Change[]): boolean =>
  others.some(({ path, kind, property, base }) => {
    if (path === change.path && property === change.property) return !isBetween(change, base?.value);
    const isInside = kind !== 'modified' && `${change.path}/`.startsWith(`${path}/`);
    return isInside && change.kind !== 'removed' && !isBetween(change, []);
  });

/**
 * Reports what changed for clients.
 *
 * @param given The document of a tenant, current or saved.
 * @param against The document to compare it with; by default the vendor's own document of the same release.
 * @param release That release, for example `1.42`; if omitted, the document shows it.
 * @throws {Error} if one of the documents cannot be compared.
 */
export const driftOf = async (given: Source, against?: Source, release?: string): Promise<DriftReport> => {
  const revision = normalize(given);
  const bases = (against ? [against] : recordedFor(revision.document, release)).map(normalize);
  const all = await Promise.all(bases.map((base) => changesBetween(base.document, revision.document)));
  const found = new Map<string, Finding>();
  for (const [index, base] of bases.entries())
    for (const change of all[index] ?? []) {
      if (!all.every((others, other) => other === index || differsThere(change, others))) continue;
      const { places, ...what } = findingOf(change, base, revision);
      const key = JSON.stringify(what);
      found.set(key, { ...what, places: [...(found.get(key)?.places ?? []), ...places] });
    }
  const findings = [...found.values()].sort((a, b) => Number(b.breaking) - Number(a.breaking));
  const breaking = findings.filter((finding) => finding.breaking).length;
  const counts = { breaking, compatible: findings.length - breaking };
  return { version: 1, base: bases.map(({ name }) => name), revision: revision.name, counts, findings };
};
