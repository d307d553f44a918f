import type { Report, ReportCase, ReportResult, ReportVerdict } from './types.ts';

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
