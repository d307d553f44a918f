/** How a fault ends, in the words of a table. */
import type { Fault } from './fault.ts';

const isShown = ([name, value]: [string, unknown]): boolean =>
  name !== 'path' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');

export const endOf = ({ expects }: Fault): string => {
  if ('value' in expects) return 'the answer';
  const { fails, ...fields } = expects;
  const shown = Object.entries(fields).filter(isShown);
  return [`\`${fails}\``, ...shown.map(([name, value]) => `${name} \`${value}\``)].join(', ');
};

/** What the client asks, and what of it arrives. */
export const requestsOf = ({ requests, arrived = requests }: Fault): string => {
  if (requests === '') return 'none';
  if (arrived === requests) return requests;
  return `${requests} (${arrived === '' ? 'none arrives' : `${arrived} arrives`})`;
};
