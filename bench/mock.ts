/** Measures the mock and Prism's own command on the same document, each in a separate process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../scripts/free-port.ts';
import {
  type Benchmark,
  compare,
  interleave,
  median,
  middleHalf,
  type Row,
  type Samples,
  samplesOf,
  times,
  turnOf,
} from './measure.ts';
import { build, fullAccessToken, root } from './project.ts';

export interface MockProcess {
  url: string;
  /** From the start of the process to its first response, in milliseconds. */
  started: number;
  /** Resident memory of the process, in MB. */
  memory(): number;
  close(): Promise<void>;
}

const commands = {
  ours: ['dist/src/cli/main.js', 'mock'],
  prism: [
    'node_modules/@stoplight/prism-cli/dist/index.js',
    'mock',
    '--verboseLevel',
    'silent',
    'openapi.yaml',
  ],
} as const;

/** The resident set from `/proc`, in kB. */
const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;

const isUp = async (url: string): Promise<boolean> => {
  try {
    // Both refuse a request without a token.
    const { status } = await fetch(`${url}/api/configs/jwt-customizer`);
    return status === 401;
  } catch {
    return false;
  }
};

/** @throws if it does not start within 30 s */
export const startProcess = async (which: keyof typeof commands): Promise<MockProcess> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [file, ...args] = commands[which];
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [join(root, file), ...args, '--port', `${port}`], {
    cwd: root,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await isUp(url))) {
    if (performance.now() - begun > 30_000 || child.exitCode !== null)
      throw new Error(`${which} did not start`);
    await wait(5);
  }
  const started = performance.now() - begun;
  return {
    url,
    started,
    memory: () => residentOf(child.pid ?? 0),
    close: async () => {
      child.kill();
      await ended;
    },
  };
};

const path = '/api/configs/jwt-customizer';
const ours = 'ours';
const prism = "Prism's command line, silent";

/** The median of 200 PATCH requests with keep-alive; a `POST /test` also runs the script (contracts/recordings/README.md). */
const tenantMilliseconds = 8;

const milliseconds = (number: number): string => `${number.toFixed(number < 100 ? 1 : 0)} ms`;
const megabytes = (number: number): string => `${number.toFixed(0)} MB`;

const tokenOf = async (url: string): Promise<string> => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'bench',
    client_secret: 'bench',
    resource: 'https://default.logto.app/api',
    scope: 'all',
  });
  const response = await fetch(`${url}/oidc/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
};

const sender = (url: string, token: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (method: string, to: string, body: object, status: number): Promise<void> => {
    const response = await fetch(url + path + to, { method, headers, body: JSON.stringify(body) });
    await response.text();
    if (response.status !== status) throw new Error(`${method} ${to} returned ${response.status}`);
  };
};

const testRequest = {
  tokenType: 'client-credentials',
  script: 'const getCustomJwtClaims = async () => ({ plan: "pro" });',
  token: { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' },
  context: {},
};

const rowOf = (what: string, samples: Samples, format: (number: number) => string, limit = 1): Row => {
  const { ratio, figure, spread } = compare(samples, ours, prism);
  return {
    what,
    against: `${prism}: ${format(median(samplesOf(samples, prism)))}`,
    figure: `${figure}, ${format(median(samplesOf(samples, ours)))}`,
    spread,
    target: `at most ${limit} ×`,
    isReached: ratio <= limit,
  };
};

/** Measures starts, and the memory one second after the first response. */
const starting = async (rounds: number): Promise<Row[]> => {
  const memory: Samples = { [ours]: [], [prism]: [] };
  const turn = (name: string, which: 'ours' | 'prism') => async (): Promise<number> => {
    const running = await startProcess(which);
    try {
      await wait(1_000);
      memory[name]?.push(running.memory());
      return running.started;
    } finally {
      await running.close();
    }
  };
  const turns = { [ours]: turn(ours, 'ours'), [prism]: turn(prism, 'prism') };
  const samples = await interleave(turns, { rounds, warmUp: 0 });
  return [
    rowOf('start, to the first response', samples, milliseconds),
    rowOf('memory at rest', memory, megabytes),
  ];
};

const patching = async (
  running: Record<string, MockProcess>,
  token: string,
  isQuick: boolean,
): Promise<Row> => {
  const calls = isQuick ? 5 : 50;
  const turns = Object.fromEntries(
    Object.entries(running).map(([name, { url }]) => {
      const send = sender(url, name === ours ? token : 'any');
      return [name, turnOf(calls, () => send('PATCH', '/access-token', fullAccessToken, 200))];
    }),
  );
  const samples = await interleave(turns, isQuick ? { rounds: 2, warmUp: 1 } : { rounds: 60, warmUp: 10 });
  const row = rowOf('PATCH, full body: stored and validated', samples, milliseconds);
  const perSecond = Math.round((calls * 1_000) / median(samplesOf(samples, ours)));
  return { ...row, what: `${row.what}, ${calls} calls (${perSecond} a second)` };
};

const testing = async (url: string, token: string, isQuick: boolean): Promise<Row> => {
  const send = sender(url, token);
  const turn = turnOf(1, () => send('POST', '/test', testRequest, 200));
  const samples = await interleave({ [ours]: turn }, { rounds: isQuick ? 5 : 300, warmUp: isQuick ? 1 : 20 });
  const all = samplesOf(samples, ours);
  const middle = median(all);
  return {
    what: '`POST /test`, warm',
    against: `a real tenant: ${tenantMilliseconds} ms`,
    figure: `${times(middle / tenantMilliseconds)}, ${milliseconds(middle)}`,
    spread: middleHalf(all, milliseconds),
    target: 'at most 1 ×',
    isReached: middle <= tenantMilliseconds,
  };
};

export const mock: Benchmark = {
  name: 'mock',
  title: "The mock, compared with Prism's own command on the same document",
  run: async (isQuick) => {
    build();
    const rows = await starting(isQuick ? 1 : 10);
    const running = { [ours]: await startProcess('ours'), [prism]: await startProcess('prism') };
    try {
      const url = running[ours]?.url ?? '';
      const token = await tokenOf(url);
      const warm = sender(url, token);
      await warm('PUT', '/access-token', fullAccessToken, 201);
      rows.push(await patching(running, token, isQuick), await testing(url, token, isQuick));
    } finally {
      await Promise.all(Object.values(running).map((one) => one.close()));
    }
    return {
      rows,
      notes: [
        "Each runs in its own process, the mock as built, with sequential calls on one connection. Memory is measured one second after the first response, before any script runs. The tenant's figure was recorded for PATCH (contracts/recordings/README.md).",
      ],
    };
  },
};
