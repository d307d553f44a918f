import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the client needs nothing but what browsers have: it compiles without the types of Node', () => {
  const tsc = 'node_modules/@typescript/native/bin/tsc';
  const listed = execFileSync(process.execPath, [tsc, '-p', 'src/client/tsconfig.web.json', '--listFiles'], {
    encoding: 'utf8',
  });
  expect(listed).toContain('/src/client/raw.ts');
  expect(listed).toContain('/src/client/errors.ts');
  expect(listed).not.toContain('@types/node');
});
