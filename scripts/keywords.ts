/**
 * The proof of the document's schemas, keyword by keyword: `node scripts/keywords.ts [--write]`.
 * Writes `docs/keywords.md`; without `--write` prints the numbers and what is not proved, and exits with 1 for that.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import {
  formatKeywordTable,
  isComplete,
  keyOf,
  keywordTable,
  summarizeKeywords,
} from '../contracts/keywords/index.ts';

const rows = keywordTable();
console.log(summarizeKeywords(rows));
for (const row of rows)
  if (!isComplete(row) && row.reason === undefined) {
    console.error(`${keyOf(row)}: ${row.problems.join('; ') || 'nothing proves it'}`);
    process.exitCode = 1;
  }
if (process.argv.includes('--write')) {
  const docs = new URL('../docs/', import.meta.url);
  await mkdir(docs, { recursive: true });
  await writeFile(new URL('keywords.md', docs), formatKeywordTable(rows));
}
