/** What the client makes of a server that misbehaves on the wire: the catalogue is in `faults/catalogue/`. */
import { describe, expect, test } from 'vitest';
import * as client from '../../src/client/index.ts';
import * as raw from '../../src/client/raw.ts';
import { faultGroups } from './catalogue/index.ts';
import { judge } from './judge.ts';
import { runFault } from './run.ts';

const patience = 10_000;

describe.each(faultGroups)('$title', ({ faults }) => {
  test.each(faults.map((fault) => ({ fault, name: fault.name })))('$name', async ({ fault }) => {
    expect(judge(fault, await runFault(fault, { ...client, ...raw }, patience))).toEqual([]);
  });
});
