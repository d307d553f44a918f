/** Whatever a script does, it gets a response, and so does the next one. */
import { describe, expect, test } from 'vitest';
import { body, openScripts, openServer } from './runner.test-helper.ts';

const good = body('return { good: true };');
const answered = { status: 200, claims: { good: true } };

/** In `node:vm`, `process` is reached by the constructor of what is handed in. */
const processInVm = `fetch.constructor.constructor('return process')()`;

const hostileInVm: [what: string, script: string, expected: object][] = [
  ['loops', body('while (true) {}'), { status: 422, message: 'Script execution timed out after 3000ms' }],
  ['loops at top level', 'while (true) {}', { status: 500, unanswered: 'server-hangs' }],
  ['loops after an await', body('await null; while (true) {}'), { status: 500, unanswered: 'server-hangs' }],
  [
    'never lets a regular expression end',
    body(`return { a: /(a+)+$/.test('a'.repeat(50) + 'b') };`),
    { status: 422, message: 'Script execution timed out after 3000ms' },
  ],
  [
    'sleeps',
    body('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'),
    { status: 422, message: 'Script execution timed out after 3000ms' },
  ],
  ['never settles', body('await new Promise(() => {});'), { status: 500, unanswered: 'request-hangs' }],
  ['exits', body(`${processInVm}.exit(3);`), { status: 500, unanswered: 'server-dies' }],
  [
    'kills its process',
    body(`const p = ${processInVm}; p.kill(p.pid); await new Promise(() => {});`),
    { status: 500, unanswered: 'server-dies' },
  ],
];

const hostileInWorker: [what: string, script: string, expected: object][] = [
  ...[
    ['loops', body('while (true) {}')],
    ['loops at top level', 'while (true) {}'],
    ['loops after an await', body('await null; while (true) {}')],
    ['never lets a regular expression end', body(`return { a: /(a+)+$/.test('a'.repeat(50) + 'b') };`)],
    ['sleeps', body('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);')],
    ['never settles', body('await new Promise(() => {});')],
  ].map(([what, script]): [string, string, object] => [
    what ?? '',
    script ?? '',
    { status: 422, message: 'Script execution timed out after 5000ms.' },
  ]),
  [
    'exhausts the memory',
    body('const a = []; while (true) a.push(new Array(1e5).fill(1.1));'),
    { status: 422, message: 'Script execution exceeded the memory limit.' },
  ],
  [
    'exits',
    body('process.exit(3);'),
    { status: 422, message: 'The script worker exited unexpectedly with code 3.' },
  ],
  ['kills its process', body('process.kill(process.pid);'), { status: 500, unanswered: 'server-dies' }],
  [
    'throws nothing into the void',
    body('setTimeout(() => { throw null; }); await new Promise(() => {});'),
    { status: 500, message: 'Response error 500: ' },
  ],
];

describe.concurrent.for([
  ...hostileInVm.map((row) => ['1.42', ...row] as const),
  ...hostileInWorker.map((row) => ['1.43', ...row] as const),
])('on %s a script that %s', ([release, what, script, expected]) => {
  test('is stopped, and the next one answered', async ({ onTestFinished }) => {
    const timeout = what.includes('memory') ? 20_000 : 500;
    const scripts = openScripts({ release, timeout, patience: 500 }, onTestFinished);
    expect(await scripts.test(script)).toMatchObject(expected);
    expect(await scripts.test(good)).toEqual(answered);
  });
});

describe('a script that exhausts the memory', () => {
  test('of V8 ends a server up to 1.42', async () => {
    const scripts = openScripts({ release: '1.42', timeout: 20_000, patience: 20_000 });
    const script = body('const a = []; while (true) a.push(new Array(1e5).fill(1.1));');
    expect(await scripts.test(script)).toMatchObject({ status: 500, unanswered: 'server-dies' });
    expect(await scripts.test(good)).toEqual(answered);
  });

  test('of its process ends that', async () => {
    const scripts = openScripts({ release: '1.43', timeout: 20_000, memory: 400 * 2 ** 20 });
    const script = body(`
      const a = [];
      for (;;) { a.push(Buffer.alloc(2e7, 1)); await new Promise((r) => setTimeout(r, 20)); }
    `);
    expect(await scripts.test(script)).toMatchObject({ status: 500, unanswered: 'server-dies' });
    expect(await scripts.test(good)).toEqual(answered);
  });
});

describe.each(['1.42', '1.43'])('on %s a script that has answered', (release) => {
  test.each(['throw new Error("late")', 'while (true) {}'])('may then %s', async (late) => {
    const url = await openServer();
    const scripts = openScripts({ release, timeout: 500 });
    const script = body(`fetch('${url}').then(() => { ${late} }); return { early: true };`);
    // On 1.43 the second run would be given to the thread that is lost.
    for (let run = 0; run < (release === '1.43' ? 1 : 3); run += 1) {
      expect(await scripts.test(script)).toMatchObject({ status: 200, claims: { early: true } });
      // Until the late part is under way.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await scripts.test(good)).toEqual(answered);
    }
  });
});

test('a script that stops its process is noticed', { timeout: 60_000 }, async () => {
  const scripts = openScripts({ release: '1.43', timeout: 60_000 });
  const script = body(`process.kill(process.pid, 'SIGSTOP'); await new Promise(() => {});`);
  expect(await scripts.test(script)).toMatchObject({ status: 500, unanswered: 'server-hangs' });
  expect(await scripts.test(good)).toEqual(answered);
});
