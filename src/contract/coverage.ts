import { readFileSync } from 'node:fs';
import type { Case } from './case.ts';
import { operationsById } from './document.ts';
import type { Target } from './targets/target.ts';

/** Something that the document names and that no case shows on a target, and why. */
export interface Waiver {
  /** `prism`, `mock`, `recordings` or `tenant`. */
  target: string;
  /** For example `GetJwtCustomizer 403`, `UpsertJwtCustomizer 201 access-token`. */
  names: string;
  reason: string;
}

export const loadWaivers = (): Waiver[] =>
  JSON.parse(readFileSync(new URL('../../contracts/waivers.json', import.meta.url), 'utf8')) as Waiver[];

const tokenTypeOf = ({ request }: Case): string | undefined =>
  request.tokenType ?? (request.body as { tokenType?: string } | undefined)?.tokenType;

/** What the document names: each status of each operation, and of a success each token type. */
export const documented = (): string[] =>
  Object.values(operationsById).flatMap(({ id, object }) =>
    Object.keys(object.responses).flatMap((status) =>
      status.startsWith('2') && !['ListJwtCustomizers', 'RequestToken'].includes(id)
        ? [`${id} ${status} access-token`, `${id} ${status} client-credentials`]
        : [`${id} ${status}`],
    ),
  );

const namesOf = (contract: Case): string[] => {
  const name = `${contract.request.operation} ${contract.expect.status}`;
  return [name, `${name} ${tokenTypeOf(contract)}`];
};

/** What is shown by no case on the target and not waived, and the waivers that are not needed. */
export const gapsOf = (
  target: Target,
  cases: readonly Case[],
  waivers: readonly Waiver[],
): { missing: string[]; needless: string[] } => {
  const shown = new Set(
    cases.filter((contract) => target.cannotShow(contract) === undefined).flatMap(namesOf),
  );
  const waived = waivers
    .filter((waiver) => target.name.split(' ')[0] === waiver.target)
    .map(({ names }) => names);
  const unshown = documented().filter((name) => !shown.has(name));
  return {
    missing: unshown.filter((name) => !waived.includes(name)),
    needless: waived.filter((name) => !unshown.includes(name)),
  };
};
