import { lstat, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { version } from '../../generated/version.js';
import {
  cut,
  joinReports,
  makePage,
  type Report,
  type ReportCase,
  type ReportResult,
  type ReportTarget,
  reportVersion,
} from '../report/index.ts';
import { RefusedRunError } from '../session/index.ts';
import { loadCases, ruleOf } from './cases.ts';
import { documentVersion } from './document.ts';
import { defined } from './json.ts';
import type { TargetName } from './plan.ts';
import type { Outcome } from './table.ts';

export const reportFormats = ['html', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  format: ReportFormat;
  path: string;
}

/** The default file of a report, in the working directory. */
export const defaultReportFile = (format: ReportFormat): string => `contract-report.${format}`;

/** A file that a report is written to atomically. */
export interface ReportPlace {
  /** @throws {Error} that names the file. */
  write(text: string): Promise<void>;
}

const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error as Error).message;

/**
 * Creates the file's folder if necessary, checks that the file can be written, and removes the report of an earlier
 * run: afterwards there is a report of this run or none. A link, or a special file such as `/dev/stdout`, is kept and
 * written through.
 *
 * @throws {RefusedRunError} when the file cannot be written.
 */
export const prepareFile = async (path: string): Promise<ReportPlace> => {
  const file = resolve(path);
  let written = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await lstat(file).catch(() => undefined);
    if (found !== undefined && (await stat(file).catch(() => found)).isDirectory())
      throw new Error('it is a folder');
    if (found === undefined || found.isFile()) {
      await writeFile(written, '');
      await rm(written);
      await rm(file, { force: true });
    } else written = file;
  } catch (error) {
    throw new RefusedRunError(`the report ${path} cannot be written: ${reasonOf(error)}`);
  }
  return {
    write: async (text) => {
      try {
        await writeFile(written, text);
        if (written !== file) await rename(written, file);
      } catch (cause) {
        if (written !== file) await rm(written, { force: true });
        throw new Error(`the report ${path} could not be written: ${reasonOf(cause)}`, { cause });
      }
    },
  };
};

/** The facts about a run. */
export interface RunFacts extends Pick<Report, 'milliseconds' | 'result'> {
  startedAt: Date;
  reason?: string | undefined;
  shard?: string | undefined;
  /** The requested targets. */
  targets: readonly TargetName[];
  /** The endpoint of the live tenant. */
  endpoint?: string | undefined;
}

/** The most characters of a failed case's error. */
const longestError = 20_000;

const resultOf = ({ status: _, left: __, release: ___, ...result }: Outcome): ReportResult =>
  defined({ ...result, error: result.error && cut(result.error, longestError) }) as ReportResult;

/** The host and port, without user or path, which could contain private data. */
const hostOf = (endpoint: string | undefined): string | undefined =>
  endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).host : undefined;

const targetsOf = (outcomes: readonly Outcome[], { targets, endpoint }: RunFacts): ReportTarget[] => {
  const met = [...new Set(outcomes.map(({ target }) => target))];
  // A tenant that could not be reached is in the report, too.
  const names = [...met, ...targets.filter((name) => !met.some((found) => found.split(' ')[0] === name))];
  return names.map((name) => {
    const release = outcomes.find((outcome) => outcome.target === name && outcome.release)?.release;
    return defined({ name, host: name === 'tenant' ? hostOf(endpoint) : undefined, release }) as ReportTarget;
  });
};

/** A run as described in the report, including a run that did not end. */
export const makeReport = (outcomes: readonly Outcome[], facts: RunFacts): Report => {
  const byName = new Map(loadCases().map((contract) => [contract.name, contract]));
  const cases = [...new Set(outcomes.map((outcome) => outcome.case))].map((name) => {
    const { group, rule, since, before, evidence } = byName.get(name) ?? {};
    return defined({ name, group, rule, since, before, evidence }) as ReportCase;
  });
  const codes = new Set(cases.flatMap(({ rule }) => rule ?? []));
  const { startedAt, milliseconds, result, reason, shard } = facts;
  return defined({
    version: reportVersion,
    package: version,
    document: documentVersion,
    startedAt: startedAt.toISOString(),
    milliseconds: Math.round(milliseconds),
    result,
    reason,
    shard,
    targets: targetsOf(outcomes, facts),
    rules: defined(Object.fromEntries([...codes].map((code) => [code, ruleOf(code)]))),
    cases,
    results: outcomes.map(resultOf),
  }) as Report;
};

/**
 * Prepares the files of a run that is about to begin.
 *
 * @returns a function that writes them and resolves with their paths; it rejects with an error that names a file that
 * could not be written
 * @throws {RefusedRunError} when a file cannot be written, or when two reports have the same file.
 */
export const openReports = async (files: readonly ReportFile[]) => {
  const twice = files.find(({ path }, index) => files.findIndex((other) => other.path === path) !== index);
  if (twice !== undefined) throw new RefusedRunError(`two reports would go to ${twice.path}`);
  const places: ReportPlace[] = [];
  for (const { path } of files) places.push(await prepareFile(path));
  return async (outcomes: readonly Outcome[], facts: RunFacts): Promise<string[]> => {
    const report = files.length > 0 ? makeReport(outcomes, facts) : undefined;
    for (const [index, { format, path }] of files.entries()) {
      const named = [{ name: path, report: report as Report }];
      const text = format === 'json' ? `${JSON.stringify(report)}\n` : makePage(joinReports(named));
      await places[index]?.write(text);
    }
    return files.map(({ path }) => path);
  };
};
