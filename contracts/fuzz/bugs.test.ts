/** The fuzzer finds planted bugs, and shows each in as few requests as possible. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { FuzzError } from '../../src/contract/fuzz/fuzz.ts';
import { type Case, loadCases } from '../../src/contract/index.ts';
import { openTenant } from '../../src/contract/targets/tenant.ts';
import { validate } from '../../src/contract/validate.ts';
import { type Bug, bugs } from './bugs.ts';
import { findingOf, type Opened, type Options, seed, start, stepsOf } from './tenant.test-helper.ts';

const plant = async ({ rules, hook }: Bug): Promise<Opened> => {
  let opened: Opened | undefined;
  opened = await start({ rules: rules?.() ?? {}, hook: hook?.(() => opened as Opened) });
  return opened;
};

/** The printed case, loaded like those in `contracts/cases/`. */
const pasted = ({ message }: FuzzError) => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  try {
    const [, printed = ''] = message.split('for a file of contracts/cases/:\n');
    writeFileSync(join(folder, 'fuzz.json'), printed);
    const [contract] = loadCases(pathToFileURL(`${folder}/`));
    if (contract === undefined) throw new Error('no case was printed');
    return contract;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The findings of a case on a tenant that has other customizers. */
const findingsOn = async ({ sender, served }: Opened, written: Case): Promise<unknown[]> => {
  const headers = {
    authorization: `Bearer ${await sender.token('all')}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ script: '// somebody else' });
  for (const tokenType of ['access-token', 'client-credentials'])
    await fetch(`${served.url}/api/configs/jwt-customizer/${tokenType}`, { method: 'PUT', headers, body });
  const target = await openTenant({ sender, allowDisruptive: false });
  expect(target.cannotShow(written)).toBeUndefined();
  const contract = target.prepare(written);
  return validate(contract, await target.exchange(contract));
};

describe('a bug is found, shrunk, and printed as a case that fails only with the bug', () => {
  test.each(Object.entries(bugs))('%s', async (_, bug) => {
    const bad = await plant(bug);
    const error = await findingOf(bad);
    const { contract, message, retried } = error;
    expect(message).toMatch(bug.finding);
    expect(message).toContain(`found by   --fuzz: seed ${seed}: `);
    expect(stepsOf(error), message).toEqual(bug.steps);
    expect(JSON.stringify(contract.request.body ?? '').length, message).toBeLessThanOrEqual(bug.size + 2);
    expect(retried).toBe(bug.isCase === false ? 'fails in this sequence alone' : 'fails');
    if (bug.isCase === false) return;
    const printed = pasted(error);
    // To the suite a stale read looks like somebody else's write: it stops, which is not a pass.
    const there = await findingsOn(bad, printed).catch((thrown: unknown) => [String(thrown)]);
    expect(there).not.toEqual([]);
    expect(await findingsOn(await start(), printed)).toEqual([]);
  });
});

test('a failure that is not reproducible is reported with its sequence', async () => {
  let hasBroken = false;
  const opened = await start({
    rules: {
      merge: (stored, sent) => {
        if (hasBroken || !('tokenSample' in stored) || 'tokenSample' in sent) return { ...stored, ...sent };
        hasBroken = true;
        return sent;
      },
    },
  });
  const error = await findingOf(opened, { limits: { tries: 20 } });
  expect(error.retried).toBe('passes');
  expect(error.message).toContain('not reproducible: neither the same request nor the sequence broke again.');
  expect(stepsOf(error)).toContain('PATCH');
});

test('shrinking sends a limited number of requests', async () => {
  const requests = async (limits: Options['limits']): Promise<number> => {
    const opened = await start({ rules: { merge: (_stored, sent) => sent } });
    const { message } = await findingOf(opened, { limits: limits ?? {} });
    found.add(/found by .*/.exec(message)?.[0] ?? 'nothing');
    const { counts } = opened.served;
    return counts.put + counts.patch + counts.get + counts.delete;
  };
  const found = new Set<string>();
  const [none, few, many] = [await requests({ tries: 0 }), await requests({ tries: 5 }), await requests({})];
  expect(few).toBeGreaterThan(none);
  expect(few - none).toBeLessThan(5 * 40);
  expect(many).toBeGreaterThan(few);
  expect(await requests({ shrinking: 0 })).toBe(none);
  expect(found.size, 'the tries are not counted').toBe(1);
});
