import type { Finding } from '../../../src/contract/exchange.ts';
import type { Case } from '../../../src/contract/index.ts';
import type { Sender } from '../../../src/contract/targets/http.ts';
import type { Target } from '../../../src/contract/targets/target.ts';
import { openTenant } from '../../../src/contract/targets/tenant.ts';
import { validate } from '../../../src/contract/validate.ts';
import { serveTenant } from '../serve.ts';
import type { ConformingTenant } from '../tenant.ts';
import type { Mutant } from './mutant.ts';

/** A case with its findings. */
export interface Killer {
  case: Case;
  findings: readonly Finding[];
}

/** The findings of the cases on a tenant. */
export interface Verdict {
  /** The cases with findings, in the order in which they ran. */
  killers: readonly Killer[];
  /** The first of them that tests a rule broken by the mutant: only that one counts. */
  killer: Killer | undefined;
  /** Cases that could not run, with the reason. */
  untried: readonly { name: string; why: string }[];
  /** The number of cases that ran. */
  tried: number;
}

export const rulesOf = ({ breaks }: Pick<Mutant, 'breaks'>): readonly string[] => [breaks].flat();

/** The runner has its own tokens: a broken token endpoint is for its own cases to find. */
const senderOf = (tenant: ConformingTenant, endpoint: string): Sender => ({
  endpoint,
  client: { ...tenant.clients.withRole, resource: tenant.resource },
  token: async (permission) => tenant.tokens.issue(permission === 'all' ? ['all'] : []),
});

/** Both customizers, so that every tenant has earlier content. */
const customizers = { 'access-token': { script: '' }, 'client-credentials': { script: '' } };

const run = async (
  target: Target,
  cases: readonly Case[],
  isEnough: (killer: Case) => boolean,
): Promise<Omit<Verdict, 'killer'>> => {
  const killers: Killer[] = [];
  const untried: { name: string; why: string }[] = [];
  let tried = 0;
  for (const written of cases) {
    if (target.cannotShow(written) !== undefined) continue;
    const contract = target.prepare(written);
    tried += 1;
    try {
      const findings = validate(contract, await target.exchange(contract));
      if (findings.length === 0) continue;
      killers.push({ case: written, findings });
      if (isEnough(written)) break;
    } catch (error) {
      untried.push({ name: written.name, why: String(error) });
    }
  }
  return { killers, untried, tried };
};

/**
 * Runs the cases against a mutant over HTTP, starting with those of the rules that it breaks.
 *
 * @param isWhole - run all of them instead of stopping at the first that finds the mutant
 */
export const hunt = async (
  mutant: Omit<Mutant, 'area'>,
  cases: readonly Case[],
  isWhole: boolean,
): Promise<Verdict> => {
  const { release = '1.43', rules = {}, hook, wrap, disruptive = false } = mutant;
  const served = await serveTenant({ release, rules, customizers });
  const { tenant } = served;
  try {
    const target = await openTenant({ sender: senderOf(tenant, served.url), allowDisruptive: disruptive });
    served.setHook(wrap?.(tenant) ?? hook);
    const isMeant = ({ rule }: Case): boolean => rulesOf(mutant).includes(rule);
    const ordered = [...cases.filter(isMeant), ...cases.filter((written) => !isMeant(written))];
    const found = await run(target, ordered, (killer) => !isWhole && isMeant(killer));
    return { ...found, killer: found.killers.find((killer) => isMeant(killer.case)) };
  } finally {
    await served.close();
  }
};

/** The unchanged conforming tenant, as a mutant that must survive. */
export const noMutant = (release: NonNullable<Mutant['release']>): Omit<Mutant, 'area'> => ({
  name: `a conforming tenant of ${release}`,
  breaks: [],
  release,
  disruptive: true,
});

/** The result of a mutant. */
export interface Result {
  mutant: Mutant;
  verdict: Verdict;
}

const findingOf = ({ findings: [first] }: Killer): string =>
  first === undefined ? '' : `${first.check}: ${first.message.replaceAll('\n', ' ').slice(0, 100)}`;

/** Why a mutant survived, as far as it is known. */
const survival = ({ killers: [other], untried: [first, ...others] }: Verdict): string => {
  if (other !== undefined) return `found for another reason: ${other.case.rule}: ${other.case.name}`;
  return first === undefined ? 'nothing found' : `${others.length + 1} cases not tried: ${first.why}`;
};

/** The case that killed each mutant with its findings, and the number of such cases if all ran. */
export const formatResults = (results: readonly Result[], isWhole: boolean): string =>
  results
    .map(({ mutant, verdict }) => {
      const { killer, killers } = verdict;
      const head = `${killer ? '✓' : '✗'} ${mutant.area}: ${mutant.name}`;
      if (killer === undefined)
        return `${head}\n    SURVIVED (${rulesOf(mutant).join(', ')}): ${survival(verdict)}`;
      const count = isWhole ? ` (${killers.length} cases in all)` : '';
      return `${head}\n    ${killer.case.rule}: ${killer.case.name}${count}\n    ${findingOf(killer)}`;
    })
    .join('\n');

export const summary = (results: readonly Result[]): string => {
  const killed = results.filter(({ verdict }) => verdict.killer !== undefined).length;
  return `${results.length} mutants, ${killed} killed, ${results.length - killed} survived`;
};
