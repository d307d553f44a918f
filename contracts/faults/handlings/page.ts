/** The tables of `docs/faults.md`, made from the catalogue, the table of ambiguous writes and the handlings. */
import { fill, table } from '../../../scripts/markdown.ts';
import { accidents, type Row, rows } from '../ambiguous/cells.ts';
import { faultGroups } from '../catalogue/index.ts';
import { endOf, requestsOf } from '../judge.ts';
import { handlings } from './handling.ts';
import { proofs } from './proofs.ts';

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

/** The page with its tables. */
export const faultsPage = (page: string): string => {
  const count = faultGroups.flatMap((group) => group.faults).length;
  const faults = `${count} of them. \`requests\` are those that the client makes: methods of the API, and \`token\`. How much time passes is in the
catalogue.

${faultTables.join('\n')}`;
  const ambiguous = `Each line holds for each of: ${accidents.join(', ')}. The first write goes wrong so, on a tenant with Logto's own guards; all that
follows goes well. \`update\` is what PATCH makes of what was there, \`update of theirs\` what it makes of the other writer's.

${ambiguousTable}`;
  return fill(
    fill(fill(page, 'faults', faults.trimEnd()), 'ambiguous writes', ambiguous),
    'handlings',
    handlingTable,
  );
};
