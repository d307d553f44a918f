import type { Rules } from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';

/** The areas of the mutants. */
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

/** The conforming tenant with one error. */
export interface Mutant {
  /** The error, as a sentence. Names are unique. */
  name: string;
  area: Area;
  /** The rules of `contracts/rules.json` that it breaks. A case of one of them must find it. */
  breaks: string | readonly string[];
  /** @default '1.43' */
  release?: string;
  /** Rules that replace a tenant's own. */
  rules?: Partial<Rules>;
  /** Intercepts requests to the tenant. */
  hook?: Hook;
  /** A hook that needs the tenant or keeps state. */
  wrap?: (tenant: ConformingTenant) => Hook;
  /** Whether only a case that blocks some tenants for seconds shows it. */
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

/** Mutants that break a rule, by name: by their responses, their rules, or their side effects. */
export const [byHook, byRules, byWrap] = [rowsOf('hook'), rowsOf('rules'), rowsOf('wrap')];
