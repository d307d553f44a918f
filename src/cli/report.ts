import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { printable } from '../client/printable.ts';
import {
  joinReports,
  makeMarkdown,
  makePage,
  type NamedReport,
  prepareFile,
  readReport,
} from '../contract/index.ts';
import { type Command, exitCodeOf, oneOf, parseArguments, UsageError } from './command.ts';

const help = `Usage: logto-jwt-customizer report FILE... [--format html|markdown] [--output FILE]

Joins reports of "contract --report json" into one page: of several tenants, or of the shards of one run.

  --format html         one self-contained HTML file (the default), contract-report.html
  --format markdown     a job summary for GitHub Actions, on standard output: >> "$GITHUB_STEP_SUMMARY"
  --output FILE         the file to write
  --help                this text

Exit codes: 0 success, 1 a case failed, 2 usage error, 3 inconclusive: a run proved nothing or did not end, or a
shard is missing.`;

const options = { format: { type: 'string', default: 'html' }, output: { type: 'string' } } as const;

/** In MB: a report of every target has about 3, and all of them are one page. */
const [mostOfOne, mostOfAll] = [50, 200];
const megabyte = 1_000_000;

/** @throws {Error} when there is more of it; a file without an end, such as /dev/zero, has */
const readText = async (file: string): Promise<string> => {
  const stream = createReadStream(file, { end: mostOfOne * megabyte });
  const bytes = await buffer(stream).catch(({ code, message }: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read: ${code ?? message}`);
  });
  if (bytes.length > mostOfOne * megabyte)
    throw new Error(`${file} has more than ${mostOfOne} MB, as no report has; leave it out`);
  return bytes.toString();
};

/** Wildcards match files of all kinds: all that are no reports are named at once. */
const readAll = async (files: readonly string[]): Promise<NamedReport[]> => {
  const reports: NamedReport[] = [];
  const wrong: string[] = [];
  let length = 0;
  for (const name of files) {
    try {
      const text = await readText(name);
      length += text.length;
      reports.push({ name, report: readReport(text, name) });
    } catch (error) {
      wrong.push((error as Error).message);
    }
    if (length > mostOfAll * megabyte)
      throw new UsageError(`the reports have more than ${mostOfAll} MB together; make several pages`);
  }
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return reports;
};

const run: Command['run'] = async (args) => {
  const { values, positionals: files } = parseArguments({ args, options, allowPositionals: true });
  const { output } = values;
  const format = oneOf('--format', ['html', 'markdown'], values.format);
  if (files.length === 0)
    throw new UsageError('report takes at least one file that "contract --report json" wrote (see --help)');
  const joined = joinReports(await readAll(files));
  const text = format === 'html' ? makePage(joined) : makeMarkdown(joined);
  if (format === 'markdown' && output === undefined) console.log(printable(text));
  else {
    const path = output ?? 'contract-report.html';
    await (await prepareFile(path)).write(text);
    console.log(`The report is in ${path}.`);
  }
  return exitCodeOf(joined.verdict);
};

export const report: Command = {
  summary: 'make one page of the JSON reports of several tenants or shards',
  help,
  run,
};
