/** The look-ups of one host's name, as the system would answer them. */
import dns from 'node:dns';
import type { Fault } from './fault.ts';

export const hostName = 'tenant.test';

type Callback = (error: NodeJS.ErrnoException | null, addresses?: unknown, family?: number) => void;
type Lookup = (host: string, options: dns.LookupOptions, callback: Callback) => void;

const setLookup = (lookup: Lookup): void => {
  dns.lookup = lookup as unknown as typeof dns.lookup;
};

/**
 * Answers the look-ups of `hostName` until it is put back.
 *
 * @returns what puts the system's own back
 */
export const plantNames = (answers: NonNullable<Fault['names']>): (() => void) => {
  const original = dns.lookup as unknown as Lookup;
  let asked = 0;
  const lookup: Lookup = (host, options, callback) => {
    if (host !== hostName) {
      original(host, options, callback);
      return;
    }
    const answer = answers[Math.min(asked, answers.length - 1)] ?? 'found';
    asked += 1;
    process.nextTick(() => {
      if (answer !== 'found') {
        callback(
          Object.assign(new Error(`getaddrinfo ${answer} ${host}`), { code: answer, syscall: 'getaddrinfo' }),
        );
      } else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    });
  };
  setLookup(lookup);
  return () => setLookup(original);
};
