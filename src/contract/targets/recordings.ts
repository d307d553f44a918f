import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Case } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { brief } from '../json.ts';
import { type Recorded, readDocument, readRecorded, recordedName, recordings } from '../recordings/index.ts';
import { recordedRequest } from '../recordings/record.ts';
import { releaseOf } from '../releases.ts';
import { notOfRelease, type Target } from './target.ts';

/** The case and its evidence must have the same request, otherwise the recording proves nothing. */
const assertSameRequest = (contract: Case, { line, kind }: Recorded): void => {
  const expected = recordedRequest(contract, kind);
  if (!isDeepStrictEqual(expected, line.request))
    throw new Error(
      `the recording "${line.name}" is for another request: ${brief(line.request, 500)}, not ${brief(expected, 500)}`,
    );
  if (line.given !== undefined && !isDeepStrictEqual(contract.given, line.given))
    throw new Error(
      `the recording "${line.name}" is for another tenant: ${brief(line.given, 500)} was given`,
    );
};

const afterOf = (contract: Case, { thenGet, thenStored }: Recorded['line']): Exchange['after'] => {
  if (thenStored !== undefined) return thenStored as Exchange['after'];
  if (thenGet === undefined) return {};
  const stored = thenGet.status === 200 ? thenGet.body : null;
  return { [contract.request.tokenType as TokenType]: stored } as Exchange['after'];
};

/**
 * Replays the responses of a real tenant of that release.
 *
 * @param folder The project's own recordings by default.
 */
export const openRecordings = (release: string, folder: URL = recordings): Target => {
  const swagger = JSON.parse(readDocument(release, folder)) as unknown;
  const byName = new Map(readRecorded(release, folder).map((recorded) => [recorded.line.name, recorded]));
  const target = { name: `recordings ${release}`, release: releaseOf(swagger) };
  return {
    ...target,
    cannotShow: (contract) =>
      notOfRelease(contract, target) ??
      (byName.has(recordedName(contract))
        ? undefined
        : 'not recorded: the evidence is a rule or an official guard'),
    prepare: (contract) => contract,
    exchange: async (contract) => {
      const recorded = byName.get(recordedName(contract));
      if (recorded === undefined) throw new Error(`there is no recording of "${contract.name}"`);
      assertSameRequest(contract, recorded);
      const { status, headers, body } = recorded.line.response;
      return {
        status,
        headers,
        body: body ?? '',
        hasAllHeaders: recorded.kind === 'exchanges',
        after: afterOf(contract, recorded.line),
      };
    },
    close: async () => {},
  };
};
