import { describe, expect, test } from 'vitest';
import { renderJson, renderMarkdown, renderText } from './render.ts';
import type { Change } from './types.ts';

const none: Change = {
  tokenType: 'client-credentials',
  kind: 'none',
  samples: [],
  variables: [],
  removes: [],
};
const change: Change = {
  tokenType: 'access-token',
  kind: 'replace',
  script: { before: 'const a = 1;\nconst b = 2;\n', after: 'const a = 1;\nconst b = 3;' },
  samples: [{ field: 'tokenSample', before: { scope: '', aud: 'x' }, after: { aud: 'y', scope: '' } }],
  variables: [
    { name: 'KEY', change: 'changed' },
    { name: 'OLD', change: 'removed' },
    { name: 'PLAN', change: 'unchanged' },
  ],
  blockIssuanceOnError: { after: true },
  removes: ['environment variable OLD'],
  pushed: { version: '0.1.0', commit: 'abc1234', time: '2026-11-30T12:00:00.000Z', changed: true },
};
const scriptOf = (after: string): Change => ({ ...none, kind: 'replace', script: { before: '', after } });

describe('text', () => {
  test('every kind of change', () => {
    expect(renderText('staging', [change, none])).toMatchInlineSnapshot(`
      "staging: access-token (replace)
      staging: last pushed at 2026-11-30T12:00:00.000Z from commit abc1234 with version 0.1.0, and changed by hand since
      --- tenant
      +++ folder
      @@ -1,2 +1,2 @@
       const a = 1;
      -const b = 2;
      +const b = 3;
      \\ No newline at end of file
      --- tenant tokenSample
      +++ folder tokenSample
      @@ -1,4 +1,4 @@
       {
      -  "aud": "x",
      +  "aud": "y",
         "scope": ""
       }
      staging: environment variable KEY: changed
      staging: environment variable OLD: removed
      staging: environment variable PLAN: unchanged
      staging: blockIssuanceOnError: not set on the tenant, true in the folder; production builds of Logto ignore it
      staging: a push removes what the folder does not declare: environment variable OLD"
    `);
  });

  test('a customizer that was not pushed with this tool, and a new one', () => {
    expect(
      renderText('staging', [scriptOf('a\n'), { ...scriptOf('a\n'), kind: 'create' }]),
    ).toMatchInlineSnapshot(`
      "staging: client-credentials (replace)
      staging: the stored customizer was not pushed with this tool
      --- tenant
      +++ folder
      @@ -0,0 +1,1 @@
      +a
      staging: client-credentials (create)
      --- tenant
      +++ folder
      @@ -0,0 +1,1 @@
      +a"
    `);
  });

  test('no difference', () => {
    expect(renderText('staging', [none])).toBe('staging: no difference');
  });

  test('what a terminal or a CI log would act on is escaped', () => {
    const text = renderText('staging', [
      { ...scriptOf('\x1b[2Ja\r\n\u202eb\n##[error]'), removes: ['environment variable \x1b]0;\nx'] },
    ]);
    expect(text).toMatchInlineSnapshot(`
      "staging: client-credentials (replace)
      staging: the stored customizer was not pushed with this tool
      --- tenant
      +++ folder
      @@ -0,0 +1,3 @@
      +\\u001b[2Ja\\u000d
      +\\u202eb
      +\\u0023#[error]
      \\ No newline at end of file
      staging: a push removes what the folder does not declare: environment variable \\u001b]0;\\nx"
    `);
  });
});

describe('Markdown', () => {
  test('a section for each tenant', () => {
    const small = { ...change, samples: [], variables: [], removes: [] };
    expect(renderMarkdown({ staging: [small, none], production: [none] })).toMatchInlineSnapshot(`
      "### JWT customizers of staging

      \`\`\`diff
      access-token (replace)
      last pushed at 2026-11-30T12:00:00.000Z from commit abc1234 with version 0.1.0, and changed by hand since
      --- tenant
      +++ folder
      @@ -1,2 +1,2 @@
       const a = 1;
      -const b = 2;
      +const b = 3;
      \\ No newline at end of file
      blockIssuanceOnError: not set on the tenant, true in the folder; production builds of Logto ignore it
      \`\`\`

      ### JWT customizers of production

      No difference."
    `);
  });

  test('a script cannot end the block of code', () => {
    const [fence] = /^`+/m.exec(renderMarkdown({ staging: [scriptOf('a\n`````\n# b')] })) ?? [];
    expect(fence).toBe('``````');
  });

  test('fits in a comment, and says what is cut', () => {
    const long = scriptOf('x'.repeat(50_000));
    const text = renderMarkdown({ staging: [long], production: [long] });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('shows the other 40');
  });
});

test('JSON holds all token types of all tenants, and no control character', () => {
  const text = renderJson({ staging: [scriptOf('\x9b')], production: [change, none] });
  expect(text).not.toContain('\x9b');
  const { tokenType: _, ...others } = change;
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    tenants: {
      staging: { 'client-credentials': { script: { after: '\x9b' } } },
      production: { 'access-token': others, 'client-credentials': { kind: 'none' } },
    },
  });
});

test('JSON stays JSON, and its structure the same, whatever is secret', () => {
  const samples: Change['samples'] = [
    { field: 'contextSample', before: { true: [17.5, null, true] }, after: { a: 'kind' } },
  ];
  const redact = (text: string): string => text.replace(/true|kind|replace|before|17/g, '[redacted]');
  expect(JSON.parse(renderJson({ staging: [{ ...change, samples }] }, redact))).toMatchObject({
    tenants: {
      staging: {
        'access-token': {
          kind: 'replace',
          samples: [
            {
              field: 'contextSample',
              before: { '[redacted]': ['[redacted].5', null, true] },
              after: { a: '[redacted]' },
            },
          ],
          pushed: { changed: true },
        },
      },
    },
  });
});
