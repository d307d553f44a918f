/** How much of what was recorded the mock answers alike: `npm run mock:parity [-- --write]`. */
import '../src/runner/compile-cache.test-helper.ts';
import { writeFile } from 'node:fs/promises';
import { parityPage, replayAllScripts, replayExchanges, surprises } from '../contracts/parity/index.ts';

const exchanges = await replayExchanges();
const scripts = await replayAllScripts();
const page = parityPage(exchanges, scripts);
console.log(page);
const found = surprises(exchanges, scripts);
for (const line of found) console.error(line);
if (found.length > 0) process.exitCode = 1;
else if (process.argv.includes('--write'))
  await writeFile(new URL('../docs/mock-parity.md', import.meta.url), page);
