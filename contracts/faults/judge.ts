import { isDeepStrictEqual } from 'node:util';
import type { Expected, Fault, Outcome, Result } from './fault.ts';

const show = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** A round trip through JSON, which drops `undefined`. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(show(value)));

const different = (what: string, expected: unknown, found: unknown): string[] =>
  isDeepStrictEqual(plain(expected), plain(found))
    ? []
    : [`${what}: expected ${show(expected)}, found ${show(found)}`];

const judgeResult = (expected: Expected, result: Result): string[] => {
  if ('hangs' in result) return ['the call never ends'];
  if ('value' in expected) {
    if ('fails' in result) return [`expected a value, found ${result.fails}: ${result.error.message}`];
    return different('value', expected.value, result.value);
  }
  if (!('fails' in result)) return [`expected ${expected.fails}, found the value ${show(result.value)}`];
  const { fails, pointers, cause, ...fields } = expected;
  const error = result.error as Error & { issues?: readonly { pointer: string }[] };
  return [
    ...different('error', fails, result.fails),
    ...(pointers === undefined
      ? []
      : different(
          'pointers',
          pointers,
          error.issues?.map(({ pointer }) => pointer),
        )),
    ...(cause === undefined ? [] : different('cause', cause, (error.cause as Error | undefined)?.name)),
    ...Object.entries(fields).flatMap(([name, value]) => different(name, value, Reflect.get(error, name))),
  ];
};

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** The differences from the expectation. */
export const judge = (fault: Fault, outcome: Outcome): string[] => {
  const { expects, requests, arrived = requests, waits, took, tookAtLeast = 0 } = fault;
  return [
    ...judgeResult(expects, outcome.result),
    ...different('requests', requests, outcome.requests.join(' ')),
    ...different('arrived', words(arrived), outcome.arrived),
    ...(waits === undefined ? [] : different('waits', waits, outcome.waits)),
    ...(took === undefined ? [] : different('took', took, outcome.took)),
    ...(outcome.took < tookAtLeast ? [`took: expected at least ${tookAtLeast}, found ${outcome.took}`] : []),
    ...outcome.wrongs,
  ];
};

const isShown = ([name, value]: [string, unknown]): boolean =>
  name !== 'path' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');

/** How a fault ends, for a table. */
export const endOf = ({ expects }: Fault): string => {
  if ('value' in expects) return 'the response';
  const { fails, ...fields } = expects;
  const shown = Object.entries(fields).filter(isShown);
  return [`\`${fails}\``, ...shown.map(([name, value]) => `${name} \`${value}\``)].join(', ');
};

/** The requests of the client, and those that arrive. */
export const requestsOf = ({ requests, arrived = requests }: Fault): string => {
  if (requests === '') return 'none';
  if (arrived === requests) return requests;
  return `${requests} (${arrived === '' ? 'none arrives' : `${arrived} arrives`})`;
};
