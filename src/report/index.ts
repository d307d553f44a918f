/** The report of a run: read, joined with others, and shown as a page or a summary. */
export { joinReports, leftOut, type NamedReport, verdictOf } from './join.ts';
export { cut, makeMarkdown } from './markdown.ts';
export { makePage } from './page.ts';
export { mostShards, readReport, readShard, type Shard } from './read.ts';
export * from './types.ts';
