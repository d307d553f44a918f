/** Two deployers on two machines and a person at the Console: what one stored, no other overwrites without having read it. */
import { rmSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { loadProject, pushTenant, tenantSettings } from '../../src/deploy/index.ts';
import { mark, readMark } from '../../src/deploy/marker.ts';
import type { Customizer } from '../../src/tenant/index.ts';
import { createConformingTenant, type Hook, serve } from '../conforming/index.ts';
import { isNightly } from '../nightly.ts';
import { createDeploy, writeProject } from './deploy.test-helper.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));
vi.stubEnv('PLAN', undefined);

const path = '/api/configs/jwt-customizer/access-token';

type Actor = 'ada' | 'bob' | 'the person';
type Value = Customizer | null;

interface Event {
  actor: Actor;
  kind: 'read' | 'write' | 'other';
  /** What is stored then. */
  value: Value;
}

/** One request at a time: the next one is chosen when everyone waits for a turn or has ended. */
const createTurns = (choices: readonly number[]) => {
  const waiting = new Map<Actor, () => void>();
  const active = new Set<Actor>();
  let turn = 0;
  const next = (): void => {
    if (active.size === 0 || waiting.size < active.size) return;
    const actors = [...waiting.keys()].sort();
    const actor = actors[(choices[turn] ?? 0) % actors.length] as Actor;
    turn += 1;
    const go = waiting.get(actor);
    waiting.delete(actor);
    go?.();
  };
  return {
    take: (actor: Actor) =>
      new Promise<void>((resolve) => {
        waiting.set(actor, resolve);
        next();
      }),
    run: async <T>(actor: Actor, action: () => Promise<T>): Promise<T | Error> => {
      active.add(actor);
      try {
        // So that all have begun.
        await null;
        return await action();
      } catch (error) {
        return error as Error;
      } finally {
        active.delete(actor);
        next();
      }
    },
  };
};

const script = (plan: string): string => `const getCustomJwtClaims = async () => ({ plan: "${plan}" });\n`;

const before: Record<string, Value> = {
  nothing: null,
  'a script of the Console': { script: script('console') },
  'a push': mark({ script: script('pushed') }, { time: '2026-01-01T00:00:00.000Z' }),
  'a push that was changed': {
    ...mark({ script: script('pushed') }, { time: '2026-01-01T00:00:00.000Z' }),
    environmentVariables: { ADDED: 'by hand' },
  },
};

/** What a person does in the Console with what is there. */
const edits: Record<string, (present: Value) => Value> = {
  'edits the script': (present) => ({
    ...present,
    script: `// edited\n${String(present?.['script'] ?? '')}`,
  }),
  'replaces all': () => ({ script: script('person') }),
  'adds a variable': (present) => ({
    script: script('person'),
    ...present,
    environmentVariables: { ADDED: 'by hand' },
  }),
  deletes: () => null,
};

const folders = { ada: createDeploy(), bob: createDeploy() };
afterAll(() => {
  for (const { folder } of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
});
vi.stubEnv('XDG_STATE_HOME', folders.ada.state);

const play = async (
  initial: keyof typeof before,
  person: readonly (keyof typeof edits)[],
  choices: readonly number[],
) => {
  const tenant = createConformingTenant({
    release: '1.43',
    customizers: before[initial] === null ? {} : { 'access-token': before[initial] as never },
  });
  const stored = (): Value => tenant.customizers['access-token'] ?? null;
  const events: Event[] = [];
  const turns = createTurns(choices);
  const hookOf =
    (actor: Actor): Hook =>
    async (request, next) => {
      await turns.take(actor);
      const response = await next();
      const kind = request.path !== path ? 'other' : request.method === 'GET' ? 'read' : 'write';
      events.push({ actor, kind, value: stored() });
      return response;
    };
  const deploy = async (actor: 'ada' | 'bob') => {
    const { folder } = folders[actor];
    // Another port is another endpoint: for the session, another machine.
    const served = await serve(tenant, hookOf(actor));
    writeProject(
      folder,
      { staging: served },
      {
        release: '1.43',
        customizers: { 'access-token': { script: 'claims/access-token.js' } },
        files: { 'claims/access-token.js': script(actor) },
      },
    );
    const file = `${folder}/${served.url.split(':').at(-1)}.mts`;
    writeFileSync(file, `export { default } from './logto.config.mts?${served.url}';`);
    const project = await loadProject(file, folder);
    const settings = await tenantSettings(project, 'staging', process.env);
    const push = () =>
      pushTenant(project, settings, {
        log: () => {},
        show: () => {},
        assertCanConfirm: () => {},
        confirm: async () => true,
        signal: new AbortController().signal,
        force: false,
        dryRun: false,
      });
    return { push, close: served.close };
  };
  const [ada, bob] = [await deploy('ada'), await deploy('bob')];
  const edit = async (): Promise<void> => {
    for (const name of person) {
      await turns.take('the person');
      const value = edits[name]?.(stored()) ?? null;
      await tenant.reset(value === null ? {} : { 'access-token': value as never });
      events.push({ actor: 'the person', kind: 'write', value });
    }
  };
  const [first, second] = await Promise.all([
    turns.run('ada', ada.push),
    turns.run('bob', bob.push),
    turns.run('the person', edit),
  ]);
  await Promise.all([ada.close(), bob.close()]);
  return { events, results: { ada: first, bob: second }, stored: stored() };
};

type Played = Awaited<ReturnType<typeof play>>;

/** A deployer overwrites what it has shown, or has stored itself: it reads right before, and the gap until the write stays. */
const expectNoSilentOverwrite = ({ events, results }: Played): void => {
  for (const deployer of ['ada', 'bob'] as const) {
    const all = events.filter(({ actor }) => actor === deployer);
    const shown = all.find(({ kind }) => kind === 'read')?.value;
    const own: Value[] = [];
    for (const [index, { kind, value }] of all.entries()) {
      if (kind !== 'write') continue;
      const last = all[index - 1];
      expect(last?.kind, `${deployer} writes without reading again`).toBe('read');
      const known = [shown, ...own].some((one) => isDeepStrictEqual(one, last?.value));
      expect(known, `${deployer} overwrites ${JSON.stringify(last?.value)}`).toBe(true);
      expect(
        shown && readMark(shown as never)?.changed,
        `${deployer} overwrites a change made by hand`,
      ).not.toBe(true);
      expect(shown?.['environmentVariables'], `${deployer} removes a variable`).toBeUndefined();
      own.push(value);
    }
    const result = results[deployer];
    if (result === 'pushed') expect(all.findLast(({ kind }) => kind === 'read')?.value).toEqual(own.at(-1));
    else if (result !== 'unchanged') expect(result).toMatchObject({ name: 'RefusedPushError' });
  }
};

test('nobody overwrites what they have not read, but for the gap between the last read and the write', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(before)),
      fc.array(fc.constantFrom(...Object.keys(edits)), { maxLength: 3 }),
      fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }),
      async (initial, person, choices) => {
        const played = await play(initial, person, choices);
        for (const result of Object.values(played.results))
          seen.add(result instanceof Error ? result.name : result);
        expectNoSilentOverwrite(played);
      },
    ),
    { numRuns: isNightly ? 300 : 20 },
  );
  // Not all were refused, and not all went through.
  expect([...seen]).toEqual(expect.arrayContaining(['pushed', 'RefusedPushError']));
}, 600_000);
