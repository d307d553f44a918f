import { plainText } from '../tenant/index.ts';
import type { Answer } from './message.ts';

const loopback = /^(?:127(?:\.\d+){3}|\[?::1\]?|localhost)$/;

/** A name that somebody's DNS answers for: it has a dot, and is neither an address nor below `localhost`. */
const isOutside = (host: string): boolean => {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name.includes('.') && !/^\d+(\.\d+){3}$/.test(name) && !name.endsWith('.localhost');
};

/**
 * Keeps web pages out of a mock that listens on this machine alone. A page of anybody's can have its own name lead here
 * (DNS rebinding) and then read what is answered; but its requests say that name. Scripts run with a person's rights.
 */
export const withoutRebinding = (address: string, answer: Answer): Answer =>
  loopback.test(address)
    ? async (request) => {
        if (!isOutside(request.headers['host'] ?? '')) return answer(request);
        const { status, headers, body } = plainText(
          421,
          'This mock listens on this machine alone, and answers to no name from outside. Use 127.0.0.1 or localhost.',
        );
        return { status, headers, text: body };
      }
    : answer;
