import { describe, expect, test } from 'vitest';
import type { InvalidRequestError } from '../index.ts';
import { errorOf, startTenant, storing } from '../local-tenant.test-helper.ts';

const script = 'const getCustomJwtClaims = async () => ({});';

describe('a body is validated as JSON.stringify writes it', () => {
  const update = async (customizer: unknown) => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    const call = client.update('access-token', customizer as { script: string });
    return { call, tenant };
  };
  const issuesOf = async (customizer: unknown) => {
    const { call, tenant } = await update(customizer);
    const error = (await errorOf(call)) as InvalidRequestError;
    expect(error.name).toBe('InvalidRequestError');
    expect(tenant.calls).toHaveLength(0);
    return error.issues.map(({ pointer, keyword }) => `${pointer} ${keyword}`);
  };

  test.each([
    ['no script', {}, ['/script required']],
    ['a script that is undefined', { script: undefined }, ['/script required']],
    ['a script that is a function', { script: () => ({}) }, ['/script required']],
    [
      'a Date in place of a number',
      { script, contextSample: { user: { createdAt: new Date(0) } } },
      ['/contextSample/user/createdAt type'],
    ],
    [
      'NaN, which becomes null',
      { script, contextSample: { user: { createdAt: Number.NaN } } },
      ['/contextSample/user/createdAt type'],
    ],
    ['an array with a hole', { script, tokenSample: { aud: ['a', undefined] } }, ['/tokenSample/aud/1 type']],
    ['an unknown field', { script, 'a/b~c': 1 }, ['/a~1b~0c additionalProperties']],
    ['an own __proto__', JSON.parse('{"script":"","__proto__":{}}'), ['/__proto__ additionalProperties']],
    [
      'a __proto__ anywhere in an object with arbitrary keys',
      JSON.parse(
        '{"script":"","contextSample":{"user":{"customData":{"a":[{"__proto__":{"b":1}}]}}},"environmentVariables":{"__proto__":"x"}}',
      ),
      [
        '/contextSample/user/customData/a/0/__proto__ propertyNames',
        '/environmentVariables/__proto__ propertyNames',
      ],
    ],
    [
      'a __proto__ where it would be dropped',
      JSON.parse('{"script":"","contextSample":{"user":{},"__proto__":1}}'),
      ['/contextSample/__proto__ propertyNames'],
    ],
    [
      'an undefined variable, such as one missing in the shell',
      { script, environmentVariables: { PLAN: undefined } },
      ['/environmentVariables/PLAN type'],
    ],
    [
      'variables that are inherited',
      { script, environmentVariables: Object.create({ PLAN: 'pro' }) },
      ['/environmentVariables/PLAN type'],
    ],
    [
      'variables in a Map',
      { script, environmentVariables: new Map([['PLAN', 'pro']]) },
      ['/environmentVariables/PLAN type'],
    ],
    [
      'a variable whose toJSON returns undefined',
      { script, environmentVariables: { PLAN: { toJSON: () => undefined } } },
      ['/environmentVariables/PLAN type'],
    ],
    [
      'a __proto__ deeper than the stack',
      JSON.parse(
        `{"script":"","contextSample":{"user":{"customData":${'{"a":'.repeat(4_000)}{"__proto__":1}${'}'.repeat(4_000)}}}}`,
      ),
      [`/contextSample/user/customData${'/a'.repeat(4_000)}/__proto__ propertyNames`],
    ],
    [
      'a variable that is a function',
      { script, environmentVariables: { PLAN: () => 'pro' } },
      ['/environmentVariables/PLAN type'],
    ],
    ['toJSON that hides the script', { script, toJSON: () => ({ script: 5 }) }, ['/script type']],
    ['undefined', undefined, [' type']],
    ['a function', () => {}, [' type']],
    ['null', null, [' type']],
    ['a string', 'script', [' type']],
    ['an array', [], [' type']],
    ['a BigInt', { script, contextSample: { user: { customData: { n: 1n } } } }, [' type']],
  ])('refused: %s', async (_, customizer, issues) => {
    expect(await issuesOf(customizer)).toEqual(issues);
  });

  test('refused: a cycle, with its cause', async () => {
    const customData: Record<string, unknown> = {};
    customData['self'] = customData;
    const { call } = await update({ script, contextSample: { user: { customData } } });
    expect((await errorOf(call)).cause).toBeInstanceOf(TypeError);
  });

  test('sent: a value that JSON.stringify makes valid', async () => {
    class Custom {
      readonly script = script;
      readonly environmentVariables = { PLAN: 'pro' };
      readonly tokenSample = undefined;
      readonly contextSample = { user: { customData: { since: new Date(0) } } };
      method(): void {}
    }
    const { call, tenant } = await update(new Custom());
    await call;
    expect(tenant.calls[0]?.body.toString()).toBe(JSON.stringify(new Custom()));
  });

  test('sent: what toJSON returned the only time it was called', async () => {
    let asked = 0;
    const customizer = {
      script,
      toJSON: () => {
        asked += 1;
        return { script: `// ${asked}` };
      },
    };
    const { call, tenant } = await update(customizer);
    await call;
    expect(tenant.calls[0]?.body.toString()).toBe('{"script":"// 1"}');
  });

  test('each token type by its own schema', async () => {
    const client = (await startTenant(storing)).client();
    const error = await errorOf(
      client.update('client-credentials', { script, tokenSample: { sid: 'x' } } as { script: string }),
    );
    expect(error.message).toMatchInlineSnapshot(
      `"\`update\` was not sent: /tokenSample/sid: expected a known property, found an unknown one."`,
    );
    await client.update('access-token', { script, tokenSample: { sid: 'x' } });
  });

  test('the message lists some issues and counts the rest', async () => {
    const { call } = await update({
      script,
      environmentVariables: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 },
    });
    expect((await errorOf(call)).message).toMatchInlineSnapshot(
      `"\`update\` was not sent: /environmentVariables/a: expected string, found number; /environmentVariables/b: expected string, found number; /environmentVariables/c: expected string, found number; /environmentVariables/d: expected string, found number; /environmentVariables/e: expected string, found number; and 2 more."`,
    );
  });
});

describe('a body of 1 MiB in UTF-8', () => {
  const fill = (bytes: number) => {
    const left = bytes - JSON.stringify({ script: '' }).length;
    return { script: '€'.repeat(Math.floor(left / 3)) + 'x'.repeat(left % 3) };
  };

  test('is sent', async () => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    await client.put('access-token', fill(1_048_576));
    expect(tenant.calls[0]?.body.byteLength).toBe(1_048_576);
  });

  test('and one byte is not', async () => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    const error = await errorOf(client.put('access-token', fill(1_048_577)));
    expect(tenant.calls).toHaveLength(0);
    expect(JSON.parse(JSON.stringify(error))).toMatchInlineSnapshot(`
      {
        "issues": [
          {
            "expected": "at most 1048576 bytes of JSON",
            "found": "1048577",
            "keyword": "maxBytes",
            "message": "the body: expected at most 1048576 bytes of JSON, found 1048577",
            "pointer": "",
          },
        ],
        "message": "\`put\` was not sent: the body: expected at most 1048576 bytes of JSON, found 1048577.",
        "name": "InvalidRequestError",
      }
    `);
  });
});

test('refused regardless of the options: __proto__, and variables without a value', async () => {
  const client = (await startTenant(storing)).client({ validate: { request: false } });
  const proto = JSON.parse('{"script":"","environmentVariables":{"__proto__":"x"}}');
  for (const call of [
    client.put('access-token', proto),
    client.restore('access-token', proto),
    client.test({ tokenType: 'access-token', token: {}, context: { user: {} }, ...proto }),
  ])
    expect((await errorOf(call)).message).toContain(
      '/environmentVariables/__proto__: expected no property of this name, found one, which tenants refuse.',
    );
  const unset = { script, environmentVariables: { PLAN: undefined } } as unknown as { script: string };
  expect((await errorOf(client.restore('access-token', unset))).message).toContain(
    '/environmentVariables/PLAN: expected string, found undefined; set it, or leave the variable out.',
  );
});
