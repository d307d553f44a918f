interface Divergence {
  id: string;
  pointer: string;
  says: string;
  does: string;
  /** The name of a recording; `null` when the official guard is the evidence. */
  evidence: string | null;
}

const start = '<!-- divergences -->\n';
const end = '<!-- /divergences -->';

/** The README with the list of divergences in its table. */
export const withDivergences = (readme: string, divergences: readonly Divergence[]): string => {
  const rows = divergences.map(
    ({ pointer, says, does, evidence }) =>
      `| \`${pointer || '/'}\` | ${says} | ${does} | ${evidence === null ? 'official guard' : `recorded: ${evidence}`} |`,
  );
  const table = ['| where | what is said | what tenants do | evidence |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`README.md lacks ${start.trim()} or ${end}`);
  return `${readme.slice(0, from + start.length)}${table}\n${readme.slice(to)}`;
};
