import { isDeepStrictEqual } from 'node:util';
import { type ConformingTenant, createConformingTenant } from '../../conforming/index.ts';
import { fakeClock, startWatch } from '../clock.ts';
import { bytes, cut, json, noContent, page, type Reply } from '../http.ts';
import { type ClientModule, observe } from '../observe.ts';
import { before, ours, theirs } from '../subjects.ts';
import { type Script, startWire, type WireRequest } from '../wire.ts';
import type { Accident, Cell, State } from './cells.ts';

const path = '/api/configs/jwt-customizer/access-token';
const change = { script: ours.script };

const states: Record<State, object | undefined> = {
  before,
  ours,
  theirs,
  update: { ...before, ...change },
  'update of theirs': { ...theirs, ...change },
  none: undefined,
};

/** The bytes of the tenant's response. */
const toReply = async (tenant: ConformingTenant, request: WireRequest): Promise<Reply> => {
  const { status, headers, body } = await tenant.handle(request);
  return status === 204 ? { status, headers, length: 'none' } : { status, headers, body };
};

/** What happens to the response to the first write. */
const spoil = (accident: Accident, answer: Reply): Script => {
  switch (accident) {
    case 'reset':
      return ['reset'];
    case 'time-out':
      return [{ wait: 30_000 }];
    case '502':
      return [{ send: bytes(page(502)) }];
    case 'truncated answer':
      return [{ send: cut(answer, 10) }, 'close'];
  }
};

/** A tenant whose first write fails before or after it is performed, and that somebody else writes to. */
const createFront = (tenant: ConformingTenant, cell: Cell) => {
  const authorization = `Bearer ${tenant.tokens.issue(['all'])}`;
  const asked: string[] = [];
  let accidents = 0;
  let isOtherDue = false;

  const writeAsOther = async (): Promise<void> => {
    const method = cell.other === 'deletes' ? 'DELETE' : 'PUT';
    const headers = { authorization, 'content-type': 'application/json' };
    const { status } = await tenant.handle({ method, path, headers, body: JSON.stringify(theirs) });
    // Our write may have deleted it already.
    if (status >= 400 && !(method === 'DELETE' && status === 404))
      throw new Error(`the other writer got ${status}`);
  };

  const respond = async (request: WireRequest): Promise<Script> => {
    asked.push(request.method);
    if (isOtherDue) {
      isOtherDue = false;
      await writeAsOther();
    }
    if (request.method === 'GET' || accidents > 0) return [{ send: bytes(await toReply(tenant, request)) }];
    accidents += 1;
    isOtherDue = cell.other !== 'nothing';
    const wouldBe = request.method === 'DELETE' ? noContent : json(200, ours);
    return spoil(cell.accident, cell.commit === 'after' ? await toReply(tenant, request) : wouldBe);
  };

  return { asked, respond, authorization };
};

const call = (client: ReturnType<ClientModule['createJwtCustomizerClient']>, { method, guarded }: Cell) => {
  const options = guarded ? { ifUnchanged: before } : {};
  if (method === 'PUT') return client.put('access-token', ours, options);
  if (method === 'PATCH') return client.update('access-token', change, options);
  return client.delete('access-token', options);
};

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/**
 * Runs one cell with one client.
 *
 * @param patience - real milliseconds without progress after which the call counts as hanging
 * @returns the differences from the table
 */
export const runCell = async (cell: Cell, module: ClientModule, patience: number): Promise<string[]> => {
  const clock = fakeClock();
  const watch = startWatch(patience);
  const tenant = createConformingTenant({ release: '1.43', customizers: { 'access-token': before } });
  const { asked, respond } = createFront(tenant, cell);
  const pass = async (milliseconds: number): Promise<void> => {
    await clock.advance(milliseconds);
    watch.moved();
  };
  const server = await startWire({ respond, wait: pass });
  try {
    const { result, wrongs } = await observe(
      {
        module,
        clock,
        watch,
        endpoint: `http://127.0.0.1:${server.port}`,
        options: { getToken: () => tenant.tokens.issue(['all']) },
        onRetry: (delay) => void pass(delay),
      },
      (client) => call(client, cell),
    );
    const stored = tenant.customizers['access-token'];
    const reports = 'hangs' in result ? 'nothing: it hangs' : 'fails' in result ? result.fails : 'done';
    const expect = (what: string, expected: unknown, found: unknown): string[] =>
      isDeepStrictEqual(expected, found) ? [] : [`${what}: expected ${show(expected)}, found ${show(found)}`];
    return [
      ...expect('reports', cell.reports, reports),
      ...expect('stored', states[cell.stored], stored),
      ...expect('requests', cell.requests, asked.join(' ')),
      ...('value' in result ? expect('answered, as it is stored', stored, result.value) : []),
      ...('fails' in result && reports === 'ConflictError'
        ? [
            ...expect('found, as it is stored', stored ?? null, Reflect.get(result.error, 'found')),
            ...expect('expected', before, Reflect.get(result.error, 'expected')),
            ...expect('holdsSent', false, Reflect.get(result.error, 'holdsSent')),
          ]
        : []),
      ...wrongs,
    ];
  } finally {
    await server.stop();
  }
};
