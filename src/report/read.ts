import { validateReport } from '../../generated/report/validator.js';
import { isRecord, parseJson } from '../client/json.ts';
import { type Report, reportVersion } from './types.ts';

/** As `--shard 1/3` says it. */
export interface Shard {
  index: number;
  count: number;
}

/** Some times as many as there are cases: who has more shards has none to run in most of them. */
export const mostShards = 1000;

/** The shard that a text names; nothing for one that there cannot be. */
export const readShard = (text: string): Shard | undefined => {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  return index === undefined || count === undefined || index < 1 || index > count || count > mostShards
    ? undefined
    : { index, count };
};

/** How many places of a spoilt report are named. */
const named = 3;

/**
 * The report that a file holds.
 *
 * @param name of the file, for the message
 * @throws {Error} that names file and JSON Pointer, and says what to do.
 */
export const readReport = (text: string, name: string): Report => {
  const advice = 'Make it again with: logto-jwt-customizer contract --report json';
  let report: unknown;
  try {
    report = parseJson(text);
  } catch {
    throw new Error(`${name} is not JSON. ${advice}`);
  }
  const version = isRecord(report) ? report['version'] : undefined;
  if (typeof version !== 'number')
    throw new Error(`${name} is no report of the contract suite (#/version: expected a number). ${advice}`);
  if (version > reportVersion)
    throw new Error(
      `${name}#/version: written by a newer logto-jwt-customizer (format ${version}); this one reads ${reportVersion}. Install the newer one.`,
    );
  const issues = validateReport(report);
  if (issues.length > 0) {
    const places = issues.slice(0, named).map(({ pointer, expected, found }) => {
      return `${name}#${pointer}: expected ${expected}, found ${found}`;
    });
    throw new Error(`${places.join('\n')}\n${advice}`);
  }
  const { shard } = report as Report;
  if (shard !== undefined && readShard(shard) === undefined)
    throw new Error(
      `${name}#/shard: expected INDEX/COUNT, as in 1/3, with a COUNT of ${mostShards} at most, found ${JSON.stringify(shard.slice(0, 40))}\n${advice}`,
    );
  return report as Report;
};
