import { isComplete, type Row } from './row.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const proofOf = ({ valid, invalid, dies, reason }: Row): string =>
  [valid, invalid, reason === undefined ? dies : `— ${reason}`].map(cell).join(' | ');

const ofSchema = (name: string, rows: readonly Row[]): string =>
  [
    `## ${name}`,
    '',
    '| place | keyword | valid seen | invalid seen | dies without it |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${cell(row.place) || '/'} | \`${cell(row.keyword)}\` | ${proofOf(row)} |`),
    '',
  ].join('\n');

const introduction = `<!-- Made by \`node scripts/keywords.ts --write\`. Do not edit. -->

# What each keyword of the schemas is proved by

A line for each thing that a keyword of \`components.schemas\` says: a type, a required property, a value of an \`enum\`, a
branch of a union, a bound. It is proved when a value that it lets through was seen, one that it alone refuses was seen,
and something no longer holds once it is gone from the schema, by the validators that \`npm run generate\` makes.

- \`case\`: a case of \`contracts/cases/\`. Without the keyword its refused body would be accepted, or its accepted one refused.
- \`differential\`: the smallest body that reaches the place, with that value in it. Logto's guard (\`@logto/schemas\`) and our
  validator say the same of it; without the keyword ours says otherwise.
- \`its answer spoilt\`: for what is received only. The suite refuses the recorded answer with that value in it; without the
  keyword it would pass.
- \`with less allowed\`: what is refused when the listed value is gone, or the bound is one further in.
- \`recording\`, \`example\`: seen in an exchange of \`contracts/recordings/\`, in an example of the document.
- A line that has no proof ends in the reason (\`contracts/keywords/reasons.json\`).
`;

/** A few lines of numbers. */
export const summarizeKeywords = (rows: readonly Row[]): string => {
  const count = (holds: (row: Row) => boolean): number => rows.filter(holds).length;
  const proved = rows.filter(isComplete);
  const byCase = proved.filter(({ dies }) => dies.includes('case: ')).length;
  return [
    `${rows.length} things that keywords say: ${proved.length} proved, ${byCase} of them by a case, ${proved.length - byCase} by differential bodies alone`,
    `${count((row) => !isComplete(row) && row.reason !== undefined)} not proved, with a reason; ${count((row) => !isComplete(row) && row.reason === undefined)} not proved`,
  ].join('\n');
};

/** The table as Markdown, a section for each schema. */
export const formatKeywordTable = (rows: readonly Row[]): string => {
  const names = [...new Set(rows.map(({ schema }) => schema))];
  return [
    introduction,
    ...summarizeKeywords(rows)
      .split('\n')
      .map((line) => `- ${line}`),
    '',
    ...names.map((name) =>
      ofSchema(
        name,
        rows.filter(({ schema }) => schema === name),
      ),
    ),
  ].join('\n');
};
