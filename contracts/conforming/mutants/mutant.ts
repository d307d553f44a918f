import type { Rules } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';

/** What the mutants are about, each with some. */
export const areas = [
  'status codes',
  'content types',
  'error bodies',
  'required and extra fields',
  'types and literals',
  'the two variants',
  'merging',
  'refused writes',
  'persistence',
  'cross-talk',
  'authorization',
  'order of the checks',
  'encoding',
  'nulls',
  'empty values',
  'arrays',
  'the list',
  'DELETE',
  'PUT and PATCH',
  'ETags',
  'request ids',
  'POST /test',
  'the token endpoint',
  'releases',
] as const;

export type Area = (typeof areas)[number];

/** The conforming tenant made wrong in one way. */
export interface Mutant {
  /** What is wrong, as a sentence. Unique. */
  name: string;
  area: Area;
  /** The rules of `contracts/rules.json` that this breaks. A case of one of them must find it. */
  breaks: string | readonly string[];
  /** @default '1.43' */
  release?: string;
  /** Rules in place of a tenant's own. */
  rules?: Partial<Rules>;
  /** Stands between the network and the tenant. */
  hook?: Hook;
  /** A hook that must know the tenant, or remember something of it. */
  wrap?: (tenant: ConformingTenant) => Hook;
  /** Whether only a case shows it that keeps some tenants from answering anybody for seconds. */
  disruptive?: true;
}

export const inArea = (area: Area, mutants: readonly Row[]): Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, area }));

type Row = Omit<Mutant, 'area'>;
type More = Omit<Row, 'name' | 'breaks'>;

const rowsOf =
  <Way extends 'hook' | 'rules' | 'wrap'>(way: Way) =>
  (breaks: Mutant['breaks'], ways: Record<string, NonNullable<Mutant[Way]>>, more: More = {}): Row[] =>
    Object.entries(ways).map(([name, wrong]) => ({ name, breaks, [way]: wrong, ...more }));

/** Mutants that break a rule, by their names: in how they answer, how they decide, or what they do beside their answer. */
export const [byHook, byRules, byWrap] = [rowsOf('hook'), rowsOf('rules'), rowsOf('wrap')];
