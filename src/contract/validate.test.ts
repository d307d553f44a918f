import { describe, expect, test } from 'vitest';
import type { Case } from './case.ts';
import { loadCases } from './cases.ts';
import type { Exchange } from './exchange.ts';
import { openRecordings } from './targets/recordings.ts';
import { validate } from './validate.ts';

const cases = loadCases();
const recordings = openRecordings('1.43');

const recorded = async (name: string): Promise<[Case, Exchange]> => {
  const contract = cases.find((candidate) => candidate.name === name);
  if (contract === undefined) throw new Error(`no case is named "${name}"`);
  return [contract, structuredClone(await recordings.exchange(contract))];
};

/** What the validate says when the recorded answer to that case is spoilt. */
const spoilt = async (name: string, spoil: (exchange: Exchange, body: never) => void): Promise<string[]> => {
  const [contract, exchange] = await recorded(name);
  expect(validate(contract, exchange)).toEqual([]);
  spoil(exchange, exchange.body as never);
  return validate(contract, exchange).map(({ check, message }) => `${check}: ${message}`);
};

const merged = 'PATCH with the script alone keeps every other field (access-token)';
const stored = 'PATCH replaces environmentVariables whole, it does not merge them';
const refused = 'PATCH refuses the documented request example {} (access-token)';

type Body = { [field: string]: never } & {
  script: unknown;
  environmentVariables: { [name: string]: unknown };
  contextSample: { user: { [field: string]: unknown } };
  tokenSample: { [field: string]: unknown };
};

describe('the validate finds', () => {
  test('another status, and shows what was answered', async () => {
    expect(
      await spoilt(merged, (exchange) => Object.assign(exchange, { status: 404, body: { code: 'x' } })),
    ).toEqual(['status: expected 200, found 404 {"code":"x"}']);
  });

  test('a status that the document does not have', async () => {
    const [contract, exchange] = await recorded(merged);
    const teapot = { ...contract, expect: { status: 418 } };
    expect(validate(teapot, { ...exchange, status: 418 })).toEqual([
      { check: 'status', message: 'UpdateJwtCustomizer does not document the status 418' },
    ]);
  });

  test('an undocumented field, deep inside', async () => {
    const findings = await spoilt(merged, (_, body: Body) => {
      body.contextSample.user['shoeSize'] = 42;
    });
    expect(findings[0]).toBe(
      'schema: AccessTokenJwtCustomizer: /contextSample/user/shoeSize: expected no such property, found a property that is not known here',
    );
  });

  test('the variant of the other token type', async () => {
    const findings = await spoilt(merged, (_, body: Body) => {
      body.tokenSample = { kind: 'ClientCredentials' };
    });
    expect(findings).toContain(
      'schema: AccessTokenJwtCustomizer: /tokenSample/kind: expected "AccessToken", found "ClientCredentials"',
    );
  });

  test('a field that was not kept', async () => {
    const findings = await spoilt(merged, (_, body: Partial<Body>) => {
      delete body.environmentVariables;
    });
    expect(findings).toContain(
      'body: /environmentVariables (merged): expected {"PLAN":"pro","REGION":"eu"}, found nothing',
    );
  });

  test('a field that was merged and not replaced', async () => {
    const findings = await spoilt(stored, (_, body: Body) => {
      body.environmentVariables['PLAN'] = 'pro';
    });
    expect(findings).toContain('body: /environmentVariables/PLAN (merged): expected nothing, found "pro"');
  });

  test('an answer that was not stored', async () => {
    const findings = await spoilt(stored, (exchange) => {
      exchange.after['access-token'] = null;
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^stored: stored for access-token: expected \{"script".*found null$/);
  });

  test('a refusal that changed what is stored', async () => {
    const findings = await spoilt(refused, (exchange) => {
      Object.assign(exchange.after['access-token'] as object, { script: 'changed' });
    });
    expect(findings[0]).toMatch(
      /^stored: stored for access-token, \/script: expected "const .*found "changed"$/,
    );
  });

  test('another code', async () => {
    expect(
      await spoilt(
        'PATCH of a token type without a customizer is 404 (access-token)',
        (_, body: { code: string }) => {
          body.code = 'entity.not_found';
        },
      ),
    ).toContain('code: expected the code entity.not_exists_with_id, found "entity.not_found"');
  });

  test('a code where there is none', async () => {
    const findings = await spoilt(
      'PATCH refuses a body that is not JSON, without a code',
      (_, body: { code: string }) => {
        body.code = 'x';
      },
    );
    expect(findings).toContain('code: expected the code none, found "x"');
  });

  test('an issue at another place', async () => {
    const findings = await spoilt(refused, (_, body: { data: { issues: { path: string[] }[] } }) => {
      for (const issue of body.data.issues) issue.path = [];
    });
    expect(findings).toContain('issues: expected issues at /script; found (the body)');
  });

  test('an issue without a path, and no crash', async () => {
    const findings = await spoilt(refused, (_, body: { data: { issues: unknown[] } }) => {
      body.data.issues = [{ code: 'x', message: 'y' }, null];
    });
    expect(findings).toContain(
      'schema: InvalidInputError: /data/issues/0/path: expected a value, it is required, found nothing',
    );
    expect(findings).toContain('issues: expected issues at /script; found none');
  });

  test('a missing request id and a missing ETag', async () => {
    const findings = await spoilt('GET answers the stored customizer (access-token)', (exchange) => {
      exchange.headers = { 'content-type': 'application/json' };
    });
    expect(findings).toEqual([
      'header: the header Logto-Core-Request-Id is missing',
      'header: the header ETag is missing',
    ]);
  });

  test('a header that should not be there', async () => {
    const findings = await spoilt('PATCH without an Authorization header is 401', (exchange) => {
      exchange.headers['www-authenticate'] = 'Bearer';
    });
    expect(findings).toEqual(['header: the header www-authenticate should not be there']);
  });

  test('another content type', async () => {
    const findings = await spoilt(merged, (exchange) => {
      exchange.headers['content-type'] = 'text/html';
    });
    expect(findings).toContain('content type: expected application/json, found text/html');
  });

  test('a body where there should be none', async () => {
    const findings = await spoilt('DELETE removes the customizer (access-token)', (exchange) => {
      exchange.body = 'gone';
    });
    expect(findings).toContain('body: expected no body, found text of 4 characters');
  });

  test('another plain text', async () => {
    const findings = await spoilt(
      'POST to a customizer is 405 and says which methods there are',
      (exchange) => {
        exchange.body = 'No';
      },
    );
    expect(findings).toContain('schema: text: expected "Method Not Allowed", found text of 2 characters');
  });

  test('an answer that is not the documented example', async () => {
    const findings = await spoilt(
      'POST /test answers the claims of an access-token script',
      (_, body: { plan: string }) => {
        body.plan = 'free';
      },
    );
    expect(findings).toEqual([
      'example: /plan (example test-access-token-claims): expected "pro", found "free"',
    ]);
  });
});
