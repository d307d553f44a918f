import { expect, test } from 'vitest';
import { withCompatibility } from './compatibility-files.ts';
import type { Compatibility } from './releases/compatibility.ts';

const later = { '1.28': 'dropped', '1.40': 'accepted' } as const;
const refused = { '1.28': 'refused', '1.39': 'accepted' } as const;

const compatibility: Compatibility = {
  format: 1,
  releases: [
    { release: '1.28', evidence: 'recordings' },
    { release: '1.39.1', evidence: 'guards' },
    { release: '1.40.1', evidence: 'guards' },
  ],
  bodies: [
    {
      tokenType: 'access-token',
      body: 'customizer',
      fields: {
        '/script': 'accepted',
        '/contextSample': 'accepted',
        '/contextSample/a': later,
        '/contextSample/a/b': later,
        '/contextSample/kinds/*': 'accepted',
        '/block': refused,
      },
      values: { '/contextSample/kinds/*': { old: 'accepted', new: refused } },
      arrays: ['/contextSample/kinds'],
    },
    {
      tokenType: 'client-credentials',
      body: 'customizer',
      fields: { '/block': refused, '/contextSample': 'accepted' },
      values: {},
      arrays: [],
    },
    {
      tokenType: 'access-token',
      body: 'testRequest',
      fields: { '/context': 'accepted', '/context/a': later, '/context/a/b': later },
      values: {},
      arrays: [],
    },
    {
      tokenType: 'client-credentials',
      body: 'testRequest',
      fields: { '/context': later },
      values: {},
      arrays: [],
    },
  ],
};

const page = (table: string): string =>
  `# Page\n<!-- compatibility -->\n${table}<!-- /compatibility -->\nend\n`;

test('the table has what differs, once, without what is as the field around it', () => {
  const table = `| field | of | since | 1.28 | 1.39.1 | 1.40.1 |
| --- | --- | --- | --- | --- | --- |
| \`/contextSample/a\` | access-token | 1.40 | dropped | dropped | ✓ |
| \`/block\` | access-token, client-credentials | 1.39 | **refused** | ✓ | ✓ |
| \`/contextSample/kinds/*\` is \`new\` | access-token | 1.39 | **refused** | ✓ | ✓ |
| \`/context\` | client-credentials | 1.40 | dropped | dropped | ✓ |

| release | who answered |
| --- | --- |
| 1.28 | recordings |
| 1.39.1 | guards |
| 1.40.1 | guards |
`;
  expect(withCompatibility(page('old\n'), JSON.stringify(compatibility))).toBe(page(table));
});

test('a page without its place is refused', () => {
  expect(() => withCompatibility('# Page\n', JSON.stringify(compatibility))).toThrow(
    'docs/compatibility.md lacks <!-- compatibility -->',
  );
});
