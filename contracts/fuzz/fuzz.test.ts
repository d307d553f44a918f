/** The fuzzer on a conforming tenant, an overloaded one, and one that somebody else writes to. */
import { describe, expect, test } from 'vitest';
import { fuzzTarget } from '../../src/contract/fuzz/fuzz.ts';
import { openTenant } from '../../src/contract/targets/tenant.ts';
import { json } from '../../src/tenant/index.ts';
import { type Hook, recordedReleases } from '../conforming/index.ts';
import { findingOf, fuzz, isWrite, type Options, seed, start } from './tenant.test-helper.ts';

describe('on a conforming tenant', () => {
  test.each(recordedReleases)('of %s it finds no problems', async (release) => {
    const { note, undecided } = await fuzz(await start({ release }), { sequences: 60 });
    expect(note).toMatch(/^seed 20261123: 60 sequences, [23]\d\d steps, 0 inconclusive$/);
    expect(undecided).toBeUndefined();
  });

  test('the same seed sends the same requests, a different seed different ones', async () => {
    const sent = async (options: Options): Promise<string[]> => {
      const requests: string[] = [];
      const opened = await start({
        hook: ({ method, path, body }, next) => {
          if (path.startsWith('/api/')) requests.push(`${method} ${path} ${String(body)}`);
          return next();
        },
      });
      await fuzz(opened, { sequences: 5, ...options });
      return requests;
    };
    const first = await sent({});
    expect(await sent({})).toEqual(first);
    expect(await sent({ seed: 1 })).not.toEqual(first);
  });

  test('it covers all operations on both token types, refused bodies, missing customizers and unusual strings', async () => {
    const statuses = new Set<string>();
    let texts = '';
    const opened = await start({
      hook: async (request, next) => {
        const response = await next();
        const tokenType = request.path.split('/').at(-1);
        if (request.path.startsWith('/api/configs'))
          statuses.add(`${request.method} ${tokenType} ${response.status}`);
        if (isWrite(request.method)) texts += String(request.body);
        return response;
      },
    });
    await fuzz(opened, { sequences: 100 });
    const tokenTypes = ['access-token', 'client-credentials'];
    const responses = { PUT: [201, 200, 400], PATCH: [200, 400, 404], DELETE: [204, 404], GET: [200, 404] };
    const expected = Object.entries(responses).flatMap(([method, all]) =>
      all.flatMap((status) => tokenTypes.map((tokenType) => `${method} ${tokenType} ${status}`)),
    );
    expect([...statuses]).toEqual(expect.arrayContaining([...expected, 'GET jwt-customizer 200']));
    for (const text of [
      '"constructor":',
      'e\u0301',
      '💥',
      '"blockIssuanceOnError":false',
      '"contextSample":{"user":{',
      '"unknown":',
    ])
      expect(texts).toContain(text);
  });

  test('its requests go out one at a time', async () => {
    let [now, most] = [0, 0];
    const opened = await start({
      hook: async (_, next) => {
        now += 1;
        most = Math.max(most, now);
        const response = await next();
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return response;
      },
    });
    await fuzz(opened, { sequences: 5 });
    expect(most).toBe(1);
  });
});

test('every script that it sends is only a comment with the marker, which adds no claims', async () => {
  const scripts = new Set<string>();
  const opened = await start({
    release: '1.42',
    hook: ({ method, body }, next) => {
      if (method === 'PUT' || method === 'PATCH') {
        const { script } = JSON.parse(String(body)) as { script?: unknown };
        if (typeof script === 'string') scripts.add(script);
      }
      return next();
    },
  });
  await fuzz(opened, { sequences: 60 });
  expect(scripts.size).toBeGreaterThan(100);
  for (const script of scripts) {
    expect(script.replaceAll(/\/\/[^\n\r\u2028\u2029]*/g, '').trim(), script).toBe('');
    expect(script).toContain('The contract suite stores this');
  }
});

describe('an overloaded tenant', () => {
  /** Replaces some of the tenant's responses once the fuzzer has begun. */
  const tired = (answer: () => ReturnType<Hook>, isTired: (request: number) => boolean) => {
    const counted = { requests: 0, times: 0 };
    const hook: Hook = ({ path, method }, next) => {
      if (!path.startsWith('/api/configs')) return next();
      counted.requests += method === 'PUT' || counted.requests > 0 ? 1 : 0;
      if (counted.requests === 0 || !isTired(counted.requests)) return next();
      counted.times += 1;
      return answer();
    };
    return { hook, counted };
  };
  const status = (code: number) => () => json(code, { message: 'tired' });

  test.each([401, 429, 500, 502, 503])('that sometimes responds with %d is inconclusive', async (code) => {
    const { hook, counted } = tired(status(code), (request) => request % 50 === 49);
    const { note, undecided } = await fuzz(await start({ hook }), { sequences: 30 });
    expect(counted.times).toBeGreaterThan(5);
    expect(note).toMatch(
      new RegExp(`^seed ${seed}: 30 sequences, \\d+ steps, ${counted.times} inconclusive \\(${code} ×`),
    );
    expect(undecided).toBeUndefined();
  });

  test('that responds to a write with 500 once and then accepts it is not broken', async () => {
    let [patches, times] = [0, 0];
    const opened = await start({
      hook: ({ method }, next) => {
        patches += method === 'PATCH' ? 1 : 0;
        if (method !== 'PATCH' || patches % 7 !== 0) return next();
        times += 1;
        return json(500, { message: 'tired' });
      },
    });
    const { note } = await fuzz(opened, { sequences: 30 });
    expect(times).toBeGreaterThan(3);
    expect(note).toContain(` ${times} inconclusive (500 ×${times})`);
  });

  test('network failures are counted, too', async () => {
    const { hook, counted } = tired(
      () => 'reset',
      (request) => request % 50 === 49,
    );
    const { note } = await fuzz(await start({ hook }), { sequences: 30 });
    expect(counted.times).toBeGreaterThan(5);
    expect(note).toContain(` ${counted.times} inconclusive (no response (NetworkError: ECONNRESET) ×`);
  });

  test.each([429, 503])(
    'that answers nothing but %d proves nothing, and is left alone soon',
    async (code) => {
      const opened = await start();
      const target = await openTenant({ sender: opened.sender, allowDisruptive: false });
      opened.served.setHook(status(code));
      await opened.sender.token('all').catch(() => {});
      const report = await fuzzTarget(target, { sender: opened.sender, seed, sequences: 1_000 });
      expect(report.status).toBeUndefined();
      expect(report.undecided).toBe(`no step was conclusive; ${report.note}`);
      expect(report.note).toContain(`seed ${seed}: 10 of 1000 sequences, 0 steps, 10 inconclusive`);
    },
  );

  test('does not hide a failure of another request', async () => {
    const { hook } = tired(status(503), (request) => request % 50 === 49);
    const opened = await start({ hook, rules: { merge: (_stored, sent) => sent } });
    expect((await findingOf(opened)).retried).toBe('fails');
  });
});

test('if somebody else writes meanwhile, their change stays and nothing more is written', async () => {
  const theirs = JSON.stringify({ script: 'const getCustomJwtClaims = async () => ({ theirs: true });' });
  let [writes, before] = [0, 0];
  const opened = await start({
    hook: async (request, next) => {
      const response = await next();
      if (isWrite(request.method)) writes += 1;
      // Every PATCH is followed by a read; between two sequences writes follow each other.
      if (writes >= 20 && request.method === 'PATCH' && before === 0) {
        before = writes;
        const path = '/api/configs/jwt-customizer/access-token';
        await opened.tenant.handle({ ...request, path, method: 'PUT', body: theirs });
      }
      return response;
    },
  });
  const { undecided } = await fuzz(opened);
  expect(undecided).toBe('stopped: somebody else changed access-token');
  expect(JSON.stringify(opened.tenant.customizers['access-token'])).toBe(theirs);
});

test('a bug of the suite is not an inconclusive sequence', async () => {
  const opened = await start();
  const { token } = opened.sender;
  let asked = 0;
  opened.sender.token = (permission) => {
    asked += 1;
    if (asked > 50) throw new TypeError('no function');
    return token(permission);
  };
  await expect(fuzz(opened, { sequences: 30 })).rejects.toThrow('no function');
});
