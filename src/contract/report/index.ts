/** The report of a run: JSON, and the page and the summary that are made of it. */
export { describeExchange } from './exchange.ts';
export {
  defaultReportFile,
  prepareFile,
  type ReportFile,
  type ReportFormat,
  reportFormats,
} from './files.ts';
export { joinReports, type NamedReport, verdictOf } from './join.ts';
export type { Joined } from './joined.ts';
export { makeMarkdown } from './markdown.ts';
export { openReports } from './open.ts';
export { makePage } from './page.ts';
export { readReport } from './read.ts';
export type { Report, ReportExchange } from './types.ts';
