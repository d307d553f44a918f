/** The tables of `docs/faults.md`, generated from the catalogue, the table of ambiguous writes and the handlings. */
import { fill, table } from '../../../scripts/markdown.ts';
import { accidents, type Row, rows } from '../ambiguous/cells.ts';
import { faultGroups } from '../catalogue/index.ts';
import { endOf, requestsOf } from '../judge.ts';
import { handlings } from './handling.ts';
import { proofs } from './proofs.ts';

const faultTables = faultGroups.map(
  ({ title, faults }) =>
    `### ${title}\n\n${table(
      ['', 'result', 'requests', 'handling'],
      faults.map((fault) => [fault.name, endOf(fault), requestsOf(fault), fault.handling]),
    )}\n`,
);

const others: Record<Row['other'], string> = {
  nothing: '',
  replaces: 'replaces it',
  deletes: 'deletes it',
};

const ambiguousTable = table(
  ['the tenant', 'call', '`ifUnchanged`', 'someone else', 'reported', 'stored', 'requests', 'handling'],
  rows.map(({ commit, method, guarded, other, reports, stored, requests, handling }) => [
    commit === 'before' ? 'did not execute it' : 'executed it',
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

/** The page with its tables. */
export const faultsPage = (page: string): string => {
  const count = faultGroups.flatMap((group) => group.faults).length;
  const faults = `There are ${count} faults. \`requests\` lists the client's requests: methods of the API, and \`token\`. The expected times are in
the catalogue.

${faultTables.join('\n')}`;
  const ambiguous = `Each row was tested with each of these faults: ${accidents.join(', ')}. The fault hits the first write, on a tenant with Logto's
own guards; later requests succeed. \`update\` is the stored customizer after the PATCH, \`update of theirs\` the other writer's
customizer after the PATCH.

${ambiguousTable}`;
  return fill(
    fill(fill(page, 'faults', faults.trimEnd()), 'ambiguous writes', ambiguous),
    'handlings',
    handlingTable,
  );
};
