import { plainText } from '../tenant/index.ts';
import type { Answer } from './message.ts';

/** An address as the system says it, by which only this machine is reached. */
const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

/** A name that somebody's DNS answers for: it has a dot, and is neither an address nor below `localhost`. */
const isOutside = (host: string): boolean => {
  const name = host.replace(/\.?(:\d*)?$/, '').toLowerCase();
  const isAddress = /^[\d.]+$/.test(name) || name.startsWith('[');
  return name.includes('.') && !isAddress && !name.endsWith('.localhost');
};

/**
 * Keeps web pages out of a mock that listens on this machine alone. A page of anybody's can have its own name lead here
 * (DNS rebinding) and then read what is answered; but its requests say that name. Scripts run with a person's rights.
 *
 * @param address - the one that the server is bound to, however a person has written it
 */
export const withoutRebinding =
  (address: () => string, answer: Answer): Answer =>
  async (request) => {
    if (!isLoopback(address()) || !isOutside(request.headers['host'] ?? '')) return answer(request);
    const { status, headers, body } = plainText(
      421,
      'This mock listens on this machine alone, and answers to no name from outside. Use 127.0.0.1 or localhost.',
    );
    return { status, headers, text: body };
  };
