import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Cell, Joined, Report, ReportCase, ReportTarget, ReportVerdict } from './types.ts';

/** A report and what it is called, for example its file. */
export interface NamedReport {
  name: string;
  report: Report;
}

/** A target of one run, or of several that are shards of one, or that did the same. */
interface Part {
  target: ReportTarget;
  runs: number[];
  package: string;
  results: Map<string, Cell>;
}

/** The reason of a case that `-t` did not select. */
export const leftOut = 'left out by a filter';

/** The results of one target that say something of it; those that a filter left out are in another shard, if anywhere. */
const resultsOf = ({ results }: Report, name: string): Map<string, Cell> =>
  new Map(
    results
      .filter(({ target, reason }) => target === name && reason !== leftOut)
      .map(({ case: of, target: _, ...cell }) => [of, cell]),
  );

/** The mock and the recordings are the same wherever they run: once is enough, unless they were not. */
const isRepeated = (a: Part, b: Part): boolean => {
  const verdicts = ({ results }: Part) =>
    new Map([...results].map(([name, { state, reason, error }]) => [name, { state, reason, error }]));
  return a.target.name !== 'tenant' && a.package === b.package && isDeepStrictEqual(verdicts(a), verdicts(b));
};

const isOtherShard = (a: Part, b: Part): boolean =>
  ![...a.results.keys()].some((name) => b.results.has(name));

const partsOf = (reports: readonly NamedReport[]): Part[] => {
  const parts: Part[] = [];
  for (const [run, { report }] of reports.entries())
    for (const target of report.targets) {
      const results = resultsOf(report, target.name);
      const part: Part = { target, runs: [run], package: report.package, results };
      const alike = parts.filter(
        (other) => other.target.name === target.name && other.target.host === target.host,
      );
      const same =
        alike.find((other) => isRepeated(other, part)) ?? alike.find((other) => isOtherShard(other, part));
      if (same === undefined) parts.push(part);
      else {
        same.runs.push(run);
        same.target = { ...target, ...same.target };
        same.results = new Map([...results, ...same.results]);
      }
    }
  return parts;
};

const labelsOf = (parts: readonly Part[], reports: readonly NamedReport[]): string[] => {
  const files = reports.map(({ name }) => basename(name));
  const isClear = new Set(files).size === files.length;
  const plain = parts.map(({ target }) => target.host ?? target.name);
  return plain.map((label, index) => {
    if (plain.filter((other) => other === label).length === 1) return label;
    const names = parts[index]?.runs.map((run) => (isClear ? files[run] : reports[run]?.name));
    return `${label} (${names?.join(', ')})`;
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
  return [...new Set(shards.map((shard) => Number(shard.split('/')[1])))].flatMap((count) =>
    Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter(
      (shard) => !shards.includes(shard),
    ),
  );
};

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
    const shards = missingShards(part, reports).join(', ');
    return shards === '' ? [] : [`${labels[index]}: shard ${shards} is not in these reports.`];
  });
  const verdict = verdictOf(reports.map(({ report }) => report));
  return {
    verdict: verdict === 'passed' && missing.length > 0 ? 'incomplete' : verdict,
    missing,
    runs: reports.map(({ name, report: { targets, rules, cases: own, results, ...run } }) => {
      return { ...run, name: basename(name) };
    }),
    columns: parts.map(({ target: { release }, runs, results }, index) => {
      const count = (state: Cell['state']): number =>
        [...results.values()].filter((cell) => cell.state === state).length;
      return {
        label: labels[index] ?? '',
        ...(release !== undefined && { release }),
        runs,
        passed: count('passed'),
        failed: count('failed'),
        notApplicable: count('not applicable'),
      };
    }),
    rules: Object.assign({}, ...reports.map(({ report }) => report.rules)) as Report['rules'],
    cases: [...cases.values()]
      .map((one) => ({ ...one, cells: parts.map(({ results }) => results.get(one.name) ?? null) }))
      .filter(({ cells }) => cells.some((cell) => cell !== null)),
  };
};
