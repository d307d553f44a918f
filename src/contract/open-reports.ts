import { joinReports, makePage } from '../report/index.ts';
import { RefusedRunError } from '../session/index.ts';
import { makeReport, type RunFacts } from './make-report.ts';
import { prepareFile, type ReportFile, type ReportPlace } from './report-file.ts';
import type { Outcome } from './table.ts';

/** The reports of a run that is about to begin. */
export interface OpenReports {
  /** Answers the files that were written. @throws {Error} that names the file that could not be. */
  write(outcomes: readonly Outcome[], facts: RunFacts): Promise<string[]>;
}

/** @throws {RefusedRunError} when a file cannot be written, or when two reports go to one. */
export const openReports = async (files: readonly ReportFile[]): Promise<OpenReports> => {
  const twice = files.find(({ path }, index) => files.findIndex((other) => other.path === path) !== index);
  if (twice !== undefined) throw new RefusedRunError(`two reports would go to ${twice.path}`);
  const opened: (ReportFile & { place: ReportPlace })[] = [];
  for (const file of files) opened.push({ ...file, place: await prepareFile(file.path) });
  return {
    write: async (outcomes, facts) => {
      if (opened.length === 0) return [];
      const report = makeReport(outcomes, facts);
      for (const { format, path, place } of opened)
        await place.write(
          format === 'json' ? `${JSON.stringify(report)}\n` : makePage(joinReports([{ name: path, report }])),
        );
      return opened.map(({ path }) => path);
    },
  };
};
