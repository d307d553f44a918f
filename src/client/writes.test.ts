import { describe, expect, test } from 'vitest';
import { type ClientEvent, type ConflictError, findDroppedFields } from './index.ts';
import { errorOf, json, type Received, type Reply, startTenant } from './local-tenant.test-helper.ts';

const script = 'const getCustomJwtClaims = async () => ({});';
const other = `${script} // of someone else`;
const missing = json(404, { code: 'entity.not_exists_with_id', message: 'no such customizer' });

type Customizer = Record<string, unknown>;

/** A tenant with one customizer that follows the rules of PUT, PATCH and DELETE. */
const startStore = async (initial?: Customizer, change = (sent: Customizer): Customizer => sent) => {
  const store = { customizer: initial };
  const respond = ({ method, body }: Received): Reply => {
    const sent = body.length > 0 ? change(JSON.parse(body.toString())) : {};
    if (method === 'DELETE' && store.customizer === undefined) return json(404, { code: 'entity.not_found' });
    if (method === 'DELETE') store.customizer = undefined;
    if (method === 'PUT') store.customizer = sent;
    if (method === 'PATCH') store.customizer = { ...store.customizer, ...sent };
    if (method === 'DELETE') return { status: 204 };
    return store.customizer === undefined ? missing : json(200, store.customizer);
  };
  return { store, tenant: await startTenant(respond) };
};

const linesOf = (calls: Received[]): string[] => calls.map(({ method }) => method);

describe('a response that differs from what was sent', () => {
  const changes: [string, (sent: Customizer) => Customizer, string[]][] = [
    ['a script that was trimmed', (sent) => ({ ...sent, script: script.trim().slice(1) }), ['/script']],
    ['missing variables', ({ environmentVariables: _, ...rest }) => rest, ['/environmentVariables']],
    [
      'an extra variable',
      (sent) => ({ ...sent, environmentVariables: { PLAN: 'pro', OLD: '1' } }),
      ['/environmentVariables/OLD'],
    ],
    [
      'a missing known field of a sample',
      (sent) => ({ ...sent, contextSample: { user: { roles: [] } } }),
      ['/contextSample/user/name'],
    ],
  ];
  const sent = {
    script,
    environmentVariables: { PLAN: 'pro' },
    contextSample: { user: { name: 'Ada', roles: [] } },
  };

  test.each(changes)('%s', async (_, change, pointers) => {
    const { tenant } = await startStore({ script }, change);
    for (const operation of ['put', 'update'] as const) {
      const error = await errorOf(tenant.client()[operation]('access-token', sent));
      expect(error).toMatchObject({
        name: 'NotStoredAsSentError',
        status: 200,
        requestId: 'K3E8-GiJ6Rjmyww3',
      });
      expect(error.issues.map(({ pointer }) => pointer)).toEqual(pointers);
      expect(JSON.stringify(error)).not.toContain('pro');
    }
  });

  test('is described in one sentence', async () => {
    const { tenant } = await startStore({ script }, ({ environmentVariables: _, ...rest }) => rest);
    expect((await errorOf(tenant.client().put('access-token', sent))).message).toMatchInlineSnapshot(
      `"PUT /api/configs/jwt-customizer/access-token returned 200, but the response differs from what was sent: /environmentVariables is missing."`,
    );
  });

  test('a field that PUT should have removed', async () => {
    const { tenant } = await startStore(undefined, (body) => ({
      environmentVariables: { OLD: '1' },
      ...body,
    }));
    const error = await errorOf(tenant.client().put('access-token', { script }));
    expect(error.issues).toEqual([{ pointer: '/environmentVariables', message: 'was not sent' }]);
  });

  test('may have its keys in another order and lack fields that the tenant does not know', async () => {
    const { tenant } = await startStore(undefined, ({ contextSample, ...rest }) => ({
      contextSample: { user: { name: 'Ada' } },
      ...rest,
    }));
    const contextSample = { user: { nickName: 'ada', name: 'Ada' }, interaction: {} };
    await tenant.client().put('access-token', { script, contextSample } as { script: string });
  });
});

describe('fields that a tenant would drop', () => {
  test('are listed', async () => {
    const customizer = {
      script,
      contextSample: { user: { nickName: 'ada', profile: { 'a/b': 1 } }, extra: 1 },
      environmentVariables: JSON.parse('{"__proto__":"x","PLAN":"pro"}'),
    };
    expect((await findDroppedFields('access-token', customizer)).sort()).toEqual([
      '/contextSample/extra',
      '/contextSample/user/nickName',
      '/contextSample/user/profile/a~1b',
    ]);
    expect(await findDroppedFields('client-credentials', customizer)).toContain('/contextSample/user');
  });

  test('do not include fields that are kept or refused', async () => {
    expect(
      await findDroppedFields('access-token', { script, tokenSample: { sub: 'x' }, envVars: {} }),
    ).toEqual([]);
  });

  test.each([['..'], [undefined]])('of an unknown token type: %j', async (tokenType) => {
    const error = await errorOf(findDroppedFields(tokenType as 'access-token', { script }));
    expect(error.name).toBe('InvalidRequestError');
  });

  test('are reported before the write, with the nearest known field', async () => {
    const events: ClientEvent[] = [];
    const { tenant } = await startStore(undefined, (body) => ({
      ...body,
      contextSample: { user: { profile: {} } },
    }));
    const client = tenant.client({ onEvent: (event) => events.push(event) });
    await client.put('access-token', { script, contextSample: { user: { profile: { nickName: 'a' } } } } as {
      script: string;
    });
    const types = events.map(({ type }) => type);
    expect(types.indexOf('dropped-fields')).toBeLessThan(types.indexOf('request'));
    expect(events.find(({ type }) => type === 'dropped-fields')).toMatchObject({
      method: 'PUT',
      pointers: ['/contextSample/user/profile/nickName'],
      issues: [{ message: expect.stringMatching(/did you mean nickname\?$/) }],
    });
  });
});

describe('a script that cannot work on any release', () => {
  const eventsOf = async (script: string): Promise<string[]> => {
    const events: ClientEvent[] = [];
    const { tenant } = await startStore({ script: other });
    const client = tenant.client({ onEvent: (event) => events.push(event) });
    await client.put('access-token', { script });
    const warnings = events.filter((event) => event.type === 'script-warning');
    expect(events.slice(0, warnings.length)).toEqual(warnings);
    return warnings.map(({ code, method, message }) => `${method} ${code}: ${message}`);
  };
  const good = 'const getCustomJwtClaims = () => ({});';
  const exported = 'export: the script contains export: tenants run one plain script';
  const imported = exported.replaceAll('export', 'import');

  test.each([
    ['export default 1', ['no-function: the script does not declare getCustomJwtClaims', exported]],
    [`/* a */ export ${good}`, [exported]],
    [`const a = "\\"";\n  import b from 'b';\n  import 'c';\n${good}`, [imported]],
  ])('is reported: %s', async (script, expected) => {
    expect(await eventsOf(script)).toEqual(expected.map((line) => `PUT ${line}`));
  });

  test.each([
    '',
    good,
    `// export\n/*\nexport a\n*/\nconst a = \`\nimport b from 'b'\n\`;\n${good}`,
    `const a = {\n  import: 1,\n  export() {},\n};\n${good}`,
    `${good} /* ${'/*'.repeat(100_000)}`,
  ])('and others are not: %j', async (script) => {
    expect(await eventsOf(script)).toEqual([]);
  });

  test('is reported by update and test, too, and not by restore', async () => {
    const codes: string[] = [];
    const { tenant } = await startStore({ script });
    const client = tenant.client({
      onEvent: (event) => event.type === 'script-warning' && codes.push(event.code),
    });
    await client.update('access-token', { script: 'export default 1' });
    await client.restore('access-token', { script: 'export default 1' });
    await client
      .test({ tokenType: 'client-credentials', script: 'import "a"', token: {}, context: {} })
      .catch(() => {});
    expect(codes).toEqual(['no-function', 'export', 'no-function', 'import']);
  });
});

describe('ifUnchanged', () => {
  const previous = { script, environmentVariables: { PLAN: 'pro' } };

  test('is serialized at the time of the call', async () => {
    const { tenant, store } = await startStore({ ...previous });
    const ifUnchanged = { ...previous, contextSample: undefined } as typeof previous;
    const call = tenant.client().put('access-token', { script: other }, { ifUnchanged });
    ifUnchanged.script = 'changed';
    await call;
    expect(store.customizer).toEqual({ script: other });
  });

  test('that JSON cannot represent is refused before anything is sent', async () => {
    const { tenant } = await startStore();
    const cycle: Record<string, unknown> = { script };
    cycle['self'] = cycle;
    const error = await errorOf(
      tenant.client().put('access-token', { script }, { ifUnchanged: cycle as typeof previous }),
    );
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message:
        '`put` was not sent: the option `ifUnchanged`: expected a value that JSON can represent, found a cycle, BigInt or function.',
    });
    expect(tenant.calls).toEqual([]);
  });

  test('allows a write if the tenant still has it, with its keys in any order', async () => {
    const { tenant, store } = await startStore({ environmentVariables: { PLAN: 'pro' }, script });
    const client = tenant.client();
    await client.update('access-token', { script: other }, { ifUnchanged: previous });
    expect(store.customizer).toEqual({ ...previous, script: other });
    expect(linesOf(tenant.calls)).toEqual(['GET', 'PATCH']);
  });

  test.each(['put', 'update', 'delete'] as const)(
    '%s: refuses without writing if the tenant has another',
    async (operation) => {
      const found = { script: other, environmentVariables: { PLAN: 'secret-plan' } };
      const { tenant, store } = await startStore(found);
      const client = tenant.client();
      const options = { ifUnchanged: previous };
      const call =
        operation === 'delete'
          ? client.delete('access-token', options)
          : client[operation]('access-token', { script }, options);
      const error = (await errorOf(call)) as ConflictError;
      expect(error).toMatchObject({ name: 'ConflictError', expected: previous, found, holdsSent: false });
      expect(`${JSON.stringify(error)} ${String(error)}`).not.toContain('secret-plan');
      expect(store.customizer).toBe(found);
      expect(linesOf(tenant.calls)).toEqual(['GET']);
    },
  );

  test('null: writes only if there is no customizer', async () => {
    const { tenant } = await startStore();
    const client = tenant.client();
    await client.put('access-token', { script }, { ifUnchanged: null });
    const error = await errorOf(client.put('access-token', { script: other }, { ifUnchanged: null }));
    expect(error).toMatchObject({ name: 'ConflictError', expected: null, found: { script } });
  });

  test('undefined, as `get` returned it: writes only if there is no customizer', async () => {
    const { tenant, store } = await startStore();
    const client = tenant.client();
    const previous = await client.get('access-token');
    await client.put('access-token', { script: other });
    const error = await errorOf(client.put('access-token', { script }, { ifUnchanged: previous }));
    expect(error).toMatchObject({ name: 'ConflictError', expected: null, found: { script: other } });
    expect(store.customizer).toEqual({ script: other });
  });

  test('reports a response that shows a change by someone else besides ours', async () => {
    const { tenant } = await startStore(previous, (body) => ({
      ...body,
      environmentVariables: { PLAN: 'free' },
    }));
    const error = (await errorOf(
      tenant.client().update('access-token', { script: other }, { ifUnchanged: previous }),
    )) as ConflictError;
    expect(error).toMatchObject({ name: 'ConflictError', holdsSent: true });
    expect(error.message).toMatchInlineSnapshot(
      `"PATCH /api/configs/jwt-customizer/access-token: the tenant's customizer differs from \`ifUnchanged\` (see \`expected\` and \`found\`). It contains what was sent and a change by someone else. Read it again and decide how to proceed."`,
    );
  });

  test('is violated if the response is exactly what was sent and lacks a field that should stay', async () => {
    const sent = { script: other };
    const tenant = await startTenant(({ method }) => json(200, method === 'GET' ? previous : sent));
    const error = await errorOf(tenant.client().update('access-token', sent, { ifUnchanged: previous }));
    expect(error).toMatchObject({ name: 'ConflictError', holdsSent: true });
  });
});

describe('restore', () => {
  test('restores what was read, including newer fields, and removes what was added since', async () => {
    const before = { script, sandbox: 'strict', environmentVariables: { PLAN: 'pro' } };
    const { tenant, store } = await startStore(before);
    const client = tenant.client();
    const read = await client.get('access-token');
    await client.put('access-token', { script: other, tokenSample: { sid: 'x' } });
    expect(await client.restore('access-token', read)).toBeUndefined();
    expect(store.customizer).toEqual(before);
  });

  test('deletes a customizer that did not exist before', async () => {
    const { tenant, store } = await startStore();
    const client = tenant.client();
    const read = await client.get('access-token');
    await client.put('access-token', { script });
    await client.restore('access-token', read);
    expect(store.customizer).toBeUndefined();
  });

  test('undefined: deletes, and succeeds if there is nothing to delete', async () => {
    const { tenant, store } = await startStore({ script });
    const client = tenant.client();
    await client.restore('access-token', undefined);
    expect(store.customizer).toBeUndefined();
    await client.restore('access-token', undefined);
    expect(linesOf(tenant.calls)).toEqual(['DELETE', 'DELETE']);
  });

  test('fails if the tenant does not store it', async () => {
    const { tenant } = await startStore({ script }, () => ({ script }));
    const error = await errorOf(tenant.client().restore('access-token', { script: other }));
    expect(error.name).toBe('NotStoredAsSentError');
  });
});

describe('writes to one customizer', () => {
  test('do not delay writes to the other customizer', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tenant = await startTenant(async ({ url, body }) => {
      if (url.endsWith('/access-token')) await held;
      return json(200, JSON.parse(body.toString()));
    });
    const client = tenant.client();
    const first = client.put('access-token', { script });
    await client.put('client-credentials', { script });
    release();
    await first;
  });

  test('send what was given, even if the caller changes it meanwhile', async () => {
    const { tenant, store } = await startStore();
    const customizer = { script, environmentVariables: { PLAN: 'pro' } };
    const call = tenant.client().put('access-token', customizer);
    customizer.environmentVariables.PLAN = 'changed';
    await call;
    expect(store.customizer).toEqual({ script, environmentVariables: { PLAN: 'pro' } });
  });
});
