/** The comment on the last line of a pushed script, by which a change in the Console is seen from any machine. */
import { version } from '../../generated/version.js';
import { fingerprint } from '../session/index.ts';
import type { Customizer, LastPush, Marked } from './types.ts';

const begin = '/* Pushed by logto-jwt-customizer ';
const line =
  /\n\/\* Pushed by logto-jwt-customizer (\S+)(?: from commit (\S+))? at (\S+)\. Hash: ([0-9a-f]{32}) \*\/(\s*)$/;

/** Of everything but the values of variables, which a hash in the script could reveal. */
const hashOf = (body: string, { script: _, environmentVariables = {}, ...others }: Customizer): string =>
  fingerprint({ ...others, body, variables: Object.keys(environmentVariables).sort() }).slice(0, 32);

/**
 * The customizer with the comment in its script. It is a block comment: up to 1.42, a line comment at the end of a script
 * loses all claims (contracts/recordings/scripts-1.42.jsonl). An empty script, which switches the customizer off, gets
 * none.
 */
export const mark = <T extends Customizer>(customizer: T, { commit, time }: Omit<LastPush, 'version'>): T => {
  const { script } = customizer;
  if (script === '') return customizer;
  const from = commit === undefined ? '' : ` from commit ${commit}`;
  const comment = `${begin}${version}${from} at ${time}. Hash: ${hashOf(script, customizer)} */`;
  return { ...customizer, script: `${script}\n${comment}` };
};

/** The script without the comment. */
export const unmark = (script: string): string => script.replace(line, '');

/** What the comment says; `undefined` if the customizer was not pushed with this tool. */
export const readMark = (customizer: Customizer): Marked | undefined => {
  const { script } = customizer;
  const [, pushedBy, commit, time, hash, rest] = line.exec(script) ?? [];
  if (pushedBy === undefined || time === undefined)
    return script.includes(begin) ? { version: 'unknown', time: 'unknown', changed: true } : undefined;
  const changed = rest !== '' || hashOf(unmark(script), customizer) !== hash;
  return { version: pushedBy, ...(commit !== undefined && { commit }), time, changed };
};
