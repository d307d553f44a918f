/** `npm run bench`: runs all or the given benchmarks and prints their tables. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { concurrent } from './concurrent.ts';
import { contract } from './contract.ts';
import { gap } from './gap.ts';
import { importTime } from './import-time.ts';
import { type Benchmark, machine, page, type Result, sectionOf } from './measure.ts';
import { mock } from './mock.ts';
import { patch } from './patch.ts';
import { size } from './size.ts';
import { typeCheck } from './type-check.ts';
import { validators } from './validators.ts';

const benchmarks: readonly Benchmark[] = [
  patch,
  validators,
  importTime,
  size,
  typeCheck,
  concurrent,
  gap,
  contract,
  mock,
];

const usage = `Usage: npm run bench -- [--quick] [--write] [NAME]...

  --quick   take few samples, to test the benchmarks; the figures mean nothing
  --write   also write docs/bench.md; needs all benchmarks, without --quick

${benchmarks.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join('\n')}

Exit codes: 0 success, regardless of the figures; 1 a benchmark failed; 2 usage error.`;

const readArguments = () => {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean' }, write: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const unknown = positionals.find((given) => !benchmarks.some(({ name }) => name === given));
  if (unknown !== undefined) throw new Error(`unknown benchmark ${unknown}`);
  if (values.write && (values.quick || positionals.length > 0))
    throw new Error(
      '--write cannot be combined with --quick or names, because the page contains all benchmarks',
    );
  return { ...values, names: positionals };
};

const run = async ({ quick = false, write = false, names }: ReturnType<typeof readArguments>) => {
  console.log(`${machine}\n`);
  const done: { title: string; result: Result }[] = [];
  for (const { name, title, run } of benchmarks) {
    if (names.length > 0 && !names.includes(name)) continue;
    const started = performance.now();
    try {
      const result = await run(quick);
      done.push({ title, result });
      console.log(sectionOf(title, result));
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name} failed:`, error);
    }
    console.log(`(${name}: ${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  }
  if (write && process.exitCode === undefined)
    await writeFile(new URL('../docs/bench.md', import.meta.url), page(done));
};

try {
  const options = readArguments();
  if (options.help) console.log(usage);
  else await run(options);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 2;
}
