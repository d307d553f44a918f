/** `docs/faults.md`, made from the catalogue, the table of ambiguous writes and the handlings. */
import { accidents, type Row, rows } from '../ambiguous/cells.ts';
import { faultGroups } from '../catalogue/index.ts';
import { endOf, requestsOf } from '../judge.ts';
import { handlings } from './handlings.ts';
import { proofs } from './proofs.ts';

const intro = `# What the client does when something goes wrong

Each fault is played by a server that writes its answer byte by byte (\`contracts/faults/catalogue/\`), on real sockets
and with a fake clock. \`npm run client:faults\` plays them all. Each was seen to fail
without the handling that it names: \`npm run client:mutants\` takes the handlings from a copy of the client, one at a
time.

## The policy

| | sent again | otherwise |
| --- | --- | --- |
| \`list\`, \`get\` | after a network fault, a time-out of an attempt, 408, 429, 500, 502, 503, 504, Cloudflare's 520 to 524 and 530 | the error |
| \`put\`, \`update\`, \`delete\`, surely not carried out (connection refused, no address, connect time-out, 429) | after a pause | the error |
| \`put\`, \`update\`, \`delete\`, outcome unknown (any other network fault, a time-out, 408, 5xx, a 2xx that is not Logto's) | read first; when what was sent is not there, after a pause | done, when it is there; \`OutcomeUnknownError\`, when it cannot be read |
| \`test\` | when it surely did not run | the error: a script may have done something elsewhere |
| a token request | as a read | the error, for all calls that wait |

With \`ifUnchanged\` each attempt reads just before it writes, and a \`ConflictError\` is thrown whenever a read, or the
answer of an update, shows a change by somebody else; with \`recheckAfter\` also when a read so many milliseconds later
shows that somebody else's write replaced ours. Pauses are random, up to 500 ms, 1 s, 2 s, … (after 429 up to 1 s,
2 s, …), no longer than 8 s, but never shorter than \`Retry-After\`; one that does not fit what is left of \`totalTimeout\`
is not begun. An attempt has 30 s, a token request 10 s, a call 120 s.
`;

const unknowable = `## What no client can know

A tenant compares nothing when it writes: it ignores \`If-Match\` and has no version (recorded:
\`contracts/recordings/conditional.jsonl\`). So these are not claimed:

- **Somebody writes between the client's read and the tenant's write.** \`ifUnchanged\` narrows that gap to one request,
  it does not close it. After \`put\` and \`delete\` nothing shows it. After \`update\` the answer shows it when the tenant had
  read their change before it wrote ours. \`npm run bench -- gap\` measures it. On one machine, with a tenant that takes
  8 ms between its own read and its write, the gap was four fifths of a call: of 400 foreign writes at random moments of
  as many calls \`put\` refused 47 and lost 268, \`update\` refused 34, noticed 87 and lost 229. The rest came after. On real
  tenants, two clients that both used \`ifUnchanged\` still lost 6 to 13 of 30 changes. \`recheckAfter\` tells a call that
  its own write was replaced, if that happens within its time. So of two clients that both use it, the one whose change is
  lost learns of it. It cannot show a call what it replaced itself.
- **A first attempt lands late**: after the client has read that it is not there, or after it was sent again. It is the
  same write twice, unless somebody else has written in between: then it overwrites theirs.
- **Somebody writes just what was sent**, or changes something and changes it back. That looks as if nobody had.
- **Without \`ifUnchanged\`** a write that is sent again overwrites what somebody else wrote meanwhile, as it would have
  when sent a moment later.
- **After \`OutcomeUnknownError\`, \`AbortError\` and \`TimeoutError\` by \`totalTimeout\`** a write may be carried out, now or
  later.
- **Two clients, or two processes**, lose one of two simultaneous updates: the tenant does (93 of 100 pairs on 1.43). One
  client sends its writes to one customizer one after another.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((line) => `| ${line.map(cell).join(' | ')} |`).join('\n');

const faultTables = faultGroups.map(
  ({ title, faults }) =>
    `### ${title}\n\n${table(
      ['', 'ends in', 'requests', 'handling'],
      faults.map((fault) => [fault.name, endOf(fault), requestsOf(fault), fault.handling]),
    )}\n`,
);

const others: Record<Row['other'], string> = {
  nothing: '',
  replaces: 'replaces it',
  deletes: 'deletes it',
};

const ambiguousTable = table(
  ['the tenant has', 'call', '`ifUnchanged`', 'somebody else', 'reported', 'stored', 'requests', 'handling'],
  rows.map(({ commit, method, guarded, other, reports, stored, requests, handling }) => [
    commit === 'before' ? 'not carried it out' : 'carried it out',
    method,
    guarded ? 'yes' : '',
    others[other],
    reports === 'done' ? 'done' : `\`${reports}\``,
    stored === 'none' ? 'nothing' : stored,
    requests,
    handling,
  ]),
);

const handlingTable = table(
  ['handling', 'the client …', 'in `src/client/`', 'proofs'],
  Object.entries(handlings).map(([name, { what, mutations }]) => [
    name,
    what,
    [...new Set(mutations.map(({ file }) => `\`${file}\``))].join(', '),
    String(proofs.filter(({ handling }) => handling === name).length),
  ]),
);

/** The whole page. */
export const faultsPage = (): string => {
  const faults = faultGroups.flatMap((group) => group.faults).length;
  return `${intro}
## The faults

${faults} of them. \`requests\` are those that the client makes: methods of the API, and \`token\`. How much time passes is in the
catalogue.

${faultTables.join('\n')}
## Ambiguous writes

Each line holds for each of: ${accidents.join(', ')}. The first write goes wrong so, on a tenant with Logto's own guards; all that
follows goes well. \`update\` is what PATCH makes of what was there, \`update of theirs\` what it makes of the other writer's.

${ambiguousTable}

${unknowable}
## The handlings

${handlingTable}
`;
};
