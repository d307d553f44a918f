/** Enforces the arrows between the folders, without import circles, and prints how large the repository is. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cruise, format, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const options = await extractDepcruiseOptions('./.dependency-cruiser.cjs');
const tsConfig = extractTSConfig('tsconfig.json');
const folders = ['src', 'generated', 'contracts', 'scripts', 'bench'];
const result = (await cruise(folders, options, undefined, { tsConfig })).output as ICruiseResult;
const { output, exitCode } = await format(result, { outputType: 'err-long' });
console.log(String(output).trim());
if (exitCode !== 0) process.exitCode = 1;

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(existsSync);
const linesOf = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + readFileSync(name, 'utf8').split('\n').length - 1, 0);
const typescript = files.filter((name) => name.endsWith('.ts'));
const isTest = (name: string): boolean => /\.(test|test-d|test-helper)\.ts$/.test(name);
const counts = {
  'lines of src without tests': linesOf(
    typescript.filter((name) => name.startsWith('src/') && !isTest(name)),
  ),
  'lines of TypeScript': linesOf(typescript),
  files: files.length,
};
const circles = result.summary.violations.filter(({ rule }) => rule.name === 'no-circles').length;
console.log(`import circles: ${circles}`);
for (const [what, count] of Object.entries(counts)) console.log(`${what}: ${count}`);
