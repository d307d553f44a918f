import type { Report, ReportCase, ReportResult } from '../../generated/report/types.d.ts';

export type {
  Report,
  ReportCase,
  ReportExchange,
  ReportFinding,
  ReportResult,
  ReportTarget,
  Rule,
} from '../../generated/report/types.d.ts';

/** Where a case comes from: a recording of that name, a rule read off `contracts/recordings/README.md`, or a guard. */
export type Evidence = { recording: string } | { readme: string } | { guard: string };

/** The version of the format that this package writes. A reader ignores fields that it does not know. */
export const reportVersion = 1;

/** What became of a run. */
export type ReportVerdict = Report['result'];

/** What became of one case on the target of one column. */
export type Cell = Omit<ReportResult, 'case' | 'target'>;

/** Several reports as one: what the page and the summary show. */
export interface Joined {
  /** `incomplete`: all is good as far as it goes, but shards are missing. */
  verdict: ReportVerdict | 'incomplete';
  /** Which shards are missing: a sentence for each column that misses some. */
  missing: string[];
  runs: (Omit<Report, 'targets' | 'rules' | 'cases' | 'results'> & { name: string })[];
  /** A target of one run each, or of several that are shards of one. */
  columns: {
    /** A tenant by its host; by its report, too, when there are several of that name. */
    label: string;
    release?: string;
    /** The numbers of its runs. */
    runs: number[];
    passed: number;
    failed: number;
    notApplicable: number;
  }[];
  rules: Report['rules'];
  cases: JoinedCase[];
}

export interface JoinedCase extends ReportCase {
  /** By the number of the column; `null` where it did not run. */
  cells: (Cell | null)[];
}
