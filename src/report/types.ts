import type { Json } from '../client/json.ts';

/** What every tenant does, with a code that stays. Each case is about one. */
export interface Rule {
  title: string;
  /** What tenants do. */
  does: string;
  /** Names of recordings, or sentences of `contracts/recordings/README.md` after `README: `. */
  evidence: string[];
}

/** Where a case comes from: a recording of that name, a rule read off `contracts/recordings/README.md`, or a guard. */
export type Evidence = { recording: string } | { readme: string } | { guard: string };

/** The version of the format that this package writes. A reader ignores fields that it does not know. */
export const reportVersion = 1;

/** A target as one run met it. */
export interface ReportTarget {
  /** `prism`, `mock`, `recordings 1.42`, `tenant`. */
  name: string;
  /** Of a tenant: its host, and its port unless that is the usual one. */
  host?: string;
  /** As far as it can be told, for example `1.43 or later`. */
  release?: string;
}

/** What a case is. The random sequences of `--fuzz` have a name alone. */
export interface ReportCase {
  name: string;
  group?: string;
  /** The code of a rule. */
  rule?: string;
  since?: string;
  before?: string;
  evidence?: Evidence;
}

/** Where an exchange differs from what was expected. What is not there, is left out. */
export interface ReportFinding {
  check: string;
  message: string;
  part?: 'status' | 'headers' | 'body' | 'stored';
  /** Whose customizer, when it is one that is stored. */
  tokenType?: string;
  /** JSON Pointer into the part. */
  pointer?: string;
  expected?: Json;
  found?: Json;
}

/** One request and what came of it. Credentials stand as shell variables; long texts are shortened. */
export interface ReportExchange {
  /** The customizers that there were, by token type. */
  given: { [tokenType: string]: Json };
  request: { method: string; path: string; headers: Record<string, string>; body?: Json };
  response: { status: number; headers: Record<string, string>; body: Json };
  /** What was stored afterwards, for the token types that were read back; `null` for none. */
  after: { [tokenType: string]: Json };
  curl: string;
  findings: ReportFinding[];
}

export interface ReportResult {
  case: string;
  /** The name of a target of this report. */
  target: string;
  state: 'passed' | 'failed' | 'not applicable';
  /** Why it is not applicable. */
  reason?: string;
  milliseconds?: number;
  /** What a failed case said. */
  error?: string;
  note?: string;
  exchange?: ReportExchange;
}

/** What became of a run. `error`: it could not begin, or not put the tenant back. */
export type ReportVerdict = 'passed' | 'failed' | 'interrupted' | 'nothing proven' | 'error';

/** One run of the suite: `spec/report.schema.json` describes it. */
export interface Report {
  version: number;
  /** The version of the package. */
  package: string;
  /** The version of the document that it holds the targets to. */
  document: string;
  /** ISO 8601. */
  startedAt: string;
  milliseconds: number;
  result: ReportVerdict;
  /** Why, of a result that no case explains. */
  reason?: string;
  /** As in `1/3`: which part of the cases ran. */
  shard?: string;
  targets: ReportTarget[];
  /** The rules that the cases are about, by code. */
  rules: Record<string, Rule>;
  cases: ReportCase[];
  results: ReportResult[];
}

/** What became of one case on the target of one column. */
export type Cell = Omit<ReportResult, 'case' | 'target'>;

/** A target of one run, or of several that are shards of one. */
export interface Column {
  /** A tenant by its host; by its report, too, when there are several of that name. */
  label: string;
  release?: string;
  /** The numbers of its runs. */
  runs: number[];
  passed: number;
  failed: number;
  notApplicable: number;
}

export interface JoinedRun
  extends Pick<Report, 'package' | 'document' | 'startedAt' | 'milliseconds' | 'result'> {
  name: string;
  reason?: string;
  shard?: string;
}

export interface JoinedCase extends ReportCase {
  /** By the number of the column; `null` where it did not run. */
  cells: (Cell | null)[];
}

/** Several reports as one: what the page and the summary show. */
export interface Joined {
  /** `incomplete`: all is good as far as it goes, but shards are missing. */
  verdict: ReportVerdict | 'incomplete';
  /** Which shards are missing: a sentence for each column that misses some. */
  missing: string[];
  runs: JoinedRun[];
  columns: Column[];
  rules: Report['rules'];
  cases: JoinedCase[];
}
