import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Benchmark, compare, interleave, median, type Row, samplesOf } from './measure.ts';
import { makeProject } from './project.ts';

const ours = 'the client';
const official = '@logto/api/management';

const imports: Readonly<Record<string, readonly string[]>> = {
  [official]: ['@logto/api/management'],
  [ours]: ['logto-jwt-customizer'],
  'the client and the validators that its first update loads': [
    'logto-jwt-customizer',
    'logto-jwt-customizer/validators/closed',
  ],
};

const programOf = (modules: readonly string[]): string => `
  const started = performance.now();
  await Promise.all(${JSON.stringify(modules)}.map((name) => import(name)));
  console.log(performance.now() - started);
`;

export const importTime: Benchmark = {
  name: 'import',
  title: 'Import',
  run: async (isQuick) => {
    const options = isQuick ? { rounds: 1, warmUp: 1 } : { rounds: 60, warmUp: 3 };
    const project = makeProject();
    const rows: Row[] = [];
    const notes = [
      `The time that \`import()\` of the built package takes, in milliseconds; each round uses a new process; ${options.rounds} rounds. With a filled \`NODE_COMPILE_CACHE\`, and without it.`,
    ];
    try {
      const cache = join(project.folder, 'compile-cache');
      mkdirSync(cache);
      for (const [which, env] of [
        ['no compile cache', {}],
        ['compile cache', { NODE_COMPILE_CACHE: cache }],
      ] as const) {
        const turns = Object.fromEntries(
          Object.entries(imports).map(([name, modules], index) => {
            const file = join(project.folder, `import-${index}.mjs`);
            writeFileSync(file, programOf(modules));
            const turn = (): number =>
              Number(
                execFileSync(process.execPath, [file], { encoding: 'utf8', env: { ...process.env, ...env } }),
              );
            return [name, turn];
          }),
        );
        const samples = await interleave(turns, options);
        for (const name of Object.keys(imports)) {
          if (name === official) continue;
          const { ratio, figure, spread } = compare(samples, name, official);
          const row: Row = { what: `${name}, ${which}`, against: official, figure, spread };
          rows.push(name === ours ? { ...row, target: 'at most 1 ×', isReached: ratio <= 1 } : row);
        }
        const milliseconds = Object.keys(imports).map(
          (name) => `${name} ${median(samplesOf(samples, name)).toFixed(1)} ms`,
        );
        notes.push(`${which}: ${milliseconds.join(', ')}.`);
      }
    } finally {
      project.remove();
    }
    return { rows, notes };
  },
};
