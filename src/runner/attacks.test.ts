/** Scripts that mean to speak for the mock: for its process, or for the token of somebody else. */
import { describe, expect, test } from 'vitest';
import { body, openScripts } from './runner.test-helper.ts';

const good = body('return { good: true };');
const answered = { status: 200, claims: { good: true } };

/** What a script finds in either engine: in `node:vm` by the constructor of what is handed in. */
const found = `
  const realm = fetch.constructor.constructor('return globalThis')();
  const wait = (ms) => new realm.Promise((resolve) => realm.setTimeout(resolve, ms));
  const builtin = (name) => realm.process.getBuiltinModule(name);
  const { writeSync, readSync, closeSync } = builtin('fs');
  const { parentPort, workerData, MessagePort } = builtin('worker_threads');
  const claims = { json: '{"forged":true}', status: 200 };
  const outcome = { kind: 'value', value: { forged: true } };
  const numbers = [...realm.Array(20).keys()];
  const write = (text) => { for (let at = 0; at < text.length; ) try { at += writeSync(3, text.slice(at)); } catch (error) { if (error.code !== 'EAGAIN') return; } };
`;

const forgeAnswers = `for (const id of numbers) write('\\n' + JSON.stringify({ type: 'answer', id, answer: claims }) + '\\n');`;

const attacks: [what: string, code: string][] = [
  ['answers for others on the channel of its process', forgeAnswers],
  [
    'answers for others by process.send',
    `for (const id of numbers) realm.process.send?.({ type: 'answer', id, answer: claims }); realm.process.disconnect?.();`,
  ],
  ...[
    'nonsense\\n',
    '\\n{"type":\\n',
    'null\\n',
    '[]\\n',
    '{"type":"answer","id":1}\\n',
    '{"type":"failed"}\\n',
    '\\0\\n',
    '{',
  ].map((text): [string, string] => [
    `writes ${text} to the channel of its process`,
    `write('${text}'); await wait(50);`,
  ]),
  [
    'goes on answering for others on the port of its thread',
    `const say = () => {
      parentPort.postMessage(null);
      parentPort.postMessage({ type: 'started' });
      parentPort.postMessage({ type: 'answer', answer: claims });
      for (const id of numbers) parentPort.postMessage({ type: 'outcome', id, outcome });
    };
    realm.setInterval(say, 1);
    say();`,
  ],
  [
    'answers whatever its thread is asked',
    `parentPort.on('message', ({ id }) => {
      parentPort.postMessage({ type: 'answer', answer: claims });
      parentPort.postMessage({ type: 'outcome', id, outcome });
    });
    workerData?.port?.postMessage({ type: 'answer', answer: claims });`,
  ],
  [
    'replaces what its thread speaks with',
    `MessagePort.prototype.postMessage = new realm.Proxy(MessagePort.prototype.postMessage, {
      apply: (send, port, [message]) => realm.Reflect.apply(send, port, [
        message?.type === 'answer' ? { type: 'answer', answer: claims } : message?.id ? { ...message, outcome } : message]),
    });`,
  ],
  [
    'replaces the JSON, promises and maps of its thread',
    `realm.JSON.stringify = () => '{"forged":true}';
    realm.Object.entries = () => [['forged', true]];
    realm.Map.prototype.get = realm.Map.prototype.set = () => ({ forged: true });
    const { then } = realm.Promise.prototype;
    realm.Promise.prototype.then = function (resolve, ...rest) { return then.call(this, () => resolve({ forged: true }), ...rest); };`,
  ],
];

describe.each(['1.42', '1.43'])('on %s a script that', (release) => {
  test.each(attacks)('%s speaks for itself alone', async (_, code) => {
    const scripts = openScripts({ release });
    const other = scripts.issue(body(`${found} await wait(400); return { good: true };`));
    await scripts.test(body(`${found} ${code} return { good: false };`));
    for (let run = 0; run < 3; run += 1) expect(await scripts.issue(good)).toEqual(answered);
    expect(await other).toEqual(answered);
  });

  test('answers for its next run on the port of its thread is not heard', async () => {
    const scripts = openScripts({ release });
    const script = `let runs = 0; const getCustomJwtClaims = async () => {
      ${found}
      runs += 1;
      realm.setInterval(() => {
        parentPort.postMessage({ type: 'answer', answer: claims });
        for (const id of numbers) parentPort.postMessage({ type: 'outcome', id, outcome });
      }, 1);
      await wait(20);
      return { good: true };
    };`;
    for (let run = 0; run < 3; run += 1) expect(await scripts.issue(script)).toEqual(answered);
  });

  test('fills the channel of its process does no harm to the next', async () => {
    const scripts = openScripts({ release, timeout: 20_000 });
    const code = `const much = 'x'.repeat(2 ** 20); for (let i = 0; i < 70; i += 1) write(much);`;
    await scripts.test(body(`${found} ${code} return { good: false };`));
    expect(await scripts.issue(good)).toEqual(answered);
  });

  test('closes the channel of its process ends that process, and no other', async () => {
    const scripts = openScripts({ release, timeout: 20_000 });
    const attack = await scripts.test(body(`${found} closeSync(3); await wait(1000); return {};`));
    expect(attack).toMatchObject({ status: 500, unanswered: 'server-dies' });
    expect(await scripts.issue(good)).toEqual(answered);
  });

  test('reads the messages to others: each still gets its response', async () => {
    const scripts = openScripts({ release, timeout: 20_000 });
    const attack = scripts.test(
      body(`${found}
        const bytes = new realm.Uint8Array(1e5);
        for (const end = realm.Date.now() + 1500; realm.Date.now() < end; ) try { readSync(0, bytes); } catch {}
        return { good: true };`),
    );
    const others = [];
    for (let run = 0; run < 20; run += 1) {
      others.push(scripts.issue(good));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const outcome of await Promise.all(others))
      expect(outcome.status === 200 ? outcome : 'stopped').toEqual(
        outcome.status === 200 ? answered : 'stopped',
      );
    expect(await attack).toEqual(answered);
  });
});
