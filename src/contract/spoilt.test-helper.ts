import type { Exchange } from './exchange.ts';
import { type Case, loadCases } from './index.ts';
import { parsePointer, valueAt } from './json.ts';
import { openRecordings } from './targets/recordings.ts';

const cases = loadCases();
const recordings = openRecordings('1.43');

/** A case with its recorded exchange, in which some values are replaced; `undefined` removes one. */
export const spoilt = async (
  name: string,
  changes: { [pointer: string]: unknown } = {},
): Promise<[Case, Exchange]> => {
  const contract = cases.find((candidate) => candidate.name === name);
  if (contract === undefined) throw new Error(`no case is named "${name}"`);
  const exchange = structuredClone(await recordings.exchange(contract));
  for (const [pointer, value] of Object.entries(changes)) {
    const parent = valueAt(exchange, pointer.slice(0, pointer.lastIndexOf('/'))) as Record<string, unknown>;
    const key = parsePointer(pointer).at(-1) as string;
    if (value === undefined) delete parent[key];
    else parent[key] = value;
  }
  return [contract, exchange];
};
