import type { Evidence } from '../case.ts';
import type { Json } from '../json.ts';
import type { Rule } from '../rules.ts';

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
