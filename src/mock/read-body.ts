import type { IncomingMessage } from 'node:http';
import { maxBodySize } from '../tenant/index.ts';

/**
 * The body of a request; nothing when it is larger than `maxBodySize`. The rest of a body that is too large is
 * thrown away as it comes in: a client that is cut off while it sends would not read the answer.
 *
 * @throws when the client goes away before the end
 */
export const readBody = (request: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > maxBodySize) return resolve(undefined);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodySize) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
