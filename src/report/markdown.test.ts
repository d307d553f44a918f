import { expect, test } from 'vitest';
import { joinReports } from './join.ts';
import { makeMarkdown } from './markdown.ts';
import { makeTestReport } from './report.test-helper.ts';
import type { Report } from './types.ts';

const summaryOf = (report: Report): string => makeMarkdown(joinReports([{ name: 'r.json', report }]));

test('what failed comes before the rest, which is folded', () => {
  const text = summaryOf(
    makeTestReport({ told: { mock: { one: 'passed', two: 'failed', three: 'why not' } } }),
  );
  expect(text).toMatchInlineSnapshot(`
    "## ❌ The contract is broken

    | target | Logto | failed | passed | not applicable |
    | --- | --- | --: | --: | --: |
    | mock |  | **1** | 1 | 1 |

    <details><summary>❌ two (mock)</summary>

    Rule <code>a-rule</code>: A rule. What &#96;tenants&#96; do.

    **mock**

    \`\`\`
    two is broken
    \`\`\`

    </details>


    <details><summary>Every case by target</summary>

    | case | mock |
    | --- | :-: |
    | one | ✅ |
    | two | ❌ |
    | three | – |

    </details>

    "
  `);
});

test('a run without a verdict says why', () => {
  const text = summaryOf(makeTestReport({ result: 'error', reason: 'fetch failed: ECONNREFUSED' }));
  expect(text).toContain('## ⚠️ The run could not be done');
  expect(text).toContain('```\nfetch failed: ECONNREFUSED\n```');
});

test('nothing that a tenant says is mark-up: no HTML, no end of a block, no mention, no line of a table', () => {
  const name = 'a <img src=x> | @everyone `b` [c](http://d.example)\n# e';
  const report = makeTestReport({ told: { mock: { [name]: 'failed' } } });
  for (const result of report.results) result.error = '```\n</details><script>alert(1)</script>\n````';
  const text = summaryOf(report);
  expect(text).toContain('`````\n```\n</details><script>alert(1)</script>\n````\n`````');
  const outside = text.replace(/`{5}\n.*?\n`{5}/s, '');
  expect(outside).not.toContain('<img');
  expect(outside).not.toContain('@everyone');
  expect(outside).not.toContain('[c](');
  expect(outside.match(/^# e/m)).toBeNull();
});

// It took minutes, when each space began a search for the end of a line.
test('a name of white space and the rule of an object itself are shown, in time', () => {
  const report = makeTestReport({ told: { mock: { [`a${' '.repeat(300_000)}b`]: 'failed' } } });
  for (const one of report.cases) one.rule = 'constructor';
  expect(summaryOf(report)).not.toContain('Rule <code>');
});

test('a mebibyte is GitHub’s limit: what does not fit is counted', () => {
  const told = Object.fromEntries(Array.from({ length: 500 }, (_, number) => [`case ${number}`, 'failed']));
  const report = makeTestReport({ told: { mock: told } });
  for (const result of report.results) result.error = 'é'.repeat(5_000);
  const text = summaryOf(report);
  expect(new TextEncoder().encode(text).length).toBeLessThan(2 ** 20);
  const shown = text.split('<details>').length - 1;
  expect(shown).toBeGreaterThan(50);
  expect(text).toContain(`${500 - shown} more failures are in the report.`);
  expect(text).toContain('… (5000 characters)');
});
