import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Cell, Joined, Report, ReportCase, ReportTarget, ReportVerdict } from './types.ts';

/** A report and what it is called, for example its file. */
export interface NamedReport {
  name: string;
  report: Report;
}

interface Part {
  target: ReportTarget;
  runs: number[];
  package: string;
  results: Map<string, Cell>;
}

const leftOut = 'left out by a filter';

/** The results of one target that say something of it; those that a filter left out are in another shard, if anywhere. */
const resultsOf = ({ results }: Report, name: string): Map<string, Cell> =>
  new Map(
    results
      .filter(({ target, reason }) => target === name && reason !== leftOut)
      .map(({ case: of, target: _, ...cell }) => [of, cell]),
  );

const identityOf = ({ name, host = '' }: ReportTarget): string => `${name}\n${host}`;

const overlap = (a: Part, b: Part): boolean => [...a.results.keys()].some((name) => b.results.has(name));

/** The mock and the recordings are the same wherever they run: once is enough, unless they were not. */
const isRepeated = (a: Part, b: Part): boolean => {
  if (a.target.name === 'tenant' || a.package !== b.package || a.results.size !== b.results.size)
    return false;
  const verdicts = ({ results }: Part) =>
    Object.fromEntries(
      [...results].map(([name, { state, reason, error }]) => [name, { state, reason, error }]),
    );
  return isDeepStrictEqual(verdicts(a), verdicts(b));
};

const partsOf = (reports: readonly NamedReport[]): Part[] => {
  const parts: Part[] = [];
  for (const [number, { report }] of reports.entries())
    for (const target of report.targets) {
      const part: Part = {
        target,
        runs: [number],
        package: report.package,
        results: resultsOf(report, target.name),
      };
      const alike = parts.filter((other) => identityOf(other.target) === identityOf(target));
      const whole = alike.find((other) => isRepeated(other, part));
      if (whole !== undefined) {
        whole.runs.push(number);
        continue;
      }
      const shard = alike.find((other) => !overlap(other, part));
      if (shard === undefined) parts.push(part);
      else {
        shard.runs.push(number);
        shard.target = { ...target, ...shard.target };
        for (const [name, cell] of part.results) shard.results.set(name, cell);
      }
    }
  return parts;
};

const labelsOf = (parts: readonly Part[], reports: readonly NamedReport[]): string[] => {
  const plain = parts.map(({ target }) => target.host ?? target.name);
  return plain.map((label, index) => {
    if (plain.filter((other) => other === label).length === 1) return label;
    const names = (parts[index]?.runs ?? []).map((run) => reports[run]?.name ?? '');
    const short = names.map((name) => basename(name));
    const isClear = new Set(reports.map(({ name }) => basename(name))).size === reports.length;
    return `${label} (${(isClear ? short : names).join(', ')})`;
  });
};

const worst: readonly ReportVerdict[] = ['failed', 'error', 'interrupted', 'nothing proven', 'passed'];

/** What reports say together: failed when one has a failure, else what keeps them from being good. */
export const verdictOf = (reports: readonly Report[]): ReportVerdict => {
  const verdicts = reports.map(({ result, results }) =>
    results.some(({ state }) => state === 'failed') ? 'failed' : result,
  );
  return worst.find((verdict) => verdicts.includes(verdict)) ?? 'nothing proven';
};

/** The shards of a column's runs that no report has, as in `3/3`. */
const missingShards = ({ runs }: Part, reports: readonly NamedReport[]): string[] => {
  const shards = runs.flatMap((run) => reports[run]?.report.shard ?? []);
  const counts = new Set(shards.map((shard) => Number(shard.split('/')[1])));
  return [...counts].flatMap((count) =>
    Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter(
      (shard) => !shards.includes(shard),
    ),
  );
};

const count = (part: Part, state: Cell['state']): number =>
  [...part.results.values()].filter((cell) => cell.state === state).length;

/**
 * Joins reports. A target with the same name and host in several of them is one column when no case is in two of them
 * (shards), and columns of their own otherwise.
 */
export const joinReports = (reports: readonly NamedReport[]): Joined => {
  const parts = partsOf(reports);
  const labels = labelsOf(parts, reports);
  const cases = new Map<string, ReportCase>();
  for (const { report } of reports) for (const one of report.cases) cases.set(one.name, one);
  const missing = parts.flatMap((part, index) => {
    const shards = missingShards(part, reports);
    return shards.length === 0
      ? []
      : [`${labels[index]}: shard ${shards.join(', ')} is not in these reports.`];
  });
  const verdict = verdictOf(reports.map(({ report }) => report));
  return {
    verdict: verdict === 'passed' && missing.length > 0 ? 'incomplete' : verdict,
    missing,
    runs: reports.map(({ name, report }) => ({
      name: basename(name),
      package: report.package,
      document: report.document,
      startedAt: report.startedAt,
      milliseconds: report.milliseconds,
      result: report.result,
      ...(report.reason !== undefined && { reason: report.reason }),
      ...(report.shard !== undefined && { shard: report.shard }),
    })),
    columns: parts.map((part, index) => ({
      label: labels[index] ?? '',
      ...(part.target.release !== undefined && { release: part.target.release }),
      runs: part.runs,
      passed: count(part, 'passed'),
      failed: count(part, 'failed'),
      notApplicable: count(part, 'not applicable'),
    })),
    rules: Object.assign({}, ...reports.map(({ report }) => report.rules)) as Report['rules'],
    cases: [...cases.values()]
      .map((one) => ({ ...one, cells: parts.map(({ results }) => results.get(one.name) ?? null) }))
      .filter(({ cells }) => cells.some((cell) => cell !== null)),
  };
};
