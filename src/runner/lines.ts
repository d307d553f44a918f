import type { Readable } from 'node:stream';

/** Characters of a line that is still coming in: more is nothing that is said here. */
const maxLength = 2 ** 26;

/**
 * Reads a stream line by line.
 *
 * @param onTooLong - a line does not end: the stream is of no use any more
 */
export const readLines = (stream: Readable, onLine: (line: string) => void, onTooLong: () => void): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    rest += first;
    for (const next of others) {
      onLine(rest);
      rest = next;
    }
    if (rest.length > maxLength) onTooLong();
  });
};

/** @returns nothing for what is no JSON */
export const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};
