/** The permissions of the workflow that publishes the documentation site. */
import { expect, test } from 'vitest';
import { readWorkflow } from './workflows.test-helper.ts';

const { build, publish } = readWorkflow('docs.yml').jobs;

test('is built and tested by a job with read-only permissions', () => {
  expect(build?.permissions).toEqual({ contents: 'read' });
  const commands = build?.steps?.flatMap(({ run = [] }) => run) ?? [];
  expect(commands.findIndex((run) => run.includes('npm run docs'))).toBeGreaterThan(-1);
  expect(commands.at(-1)).toBe('npm run test:docs');
  expect(build?.steps?.at(-1)?.uses).toMatch(/^actions\/upload-pages-artifact@/);
});

test('is published by the job with permission to publish pages, which runs nothing else', () => {
  expect(publish?.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
  expect(publish?.environment).toBe('github-pages');
  expect(publish?.needs).toBe('build');
  expect(publish?.steps?.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/deploy-pages']);
});
