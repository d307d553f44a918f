import { recordedExchanges, recordedReleases } from '../conforming/index.ts';
import { openPlaces } from '../scripts/places.ts';
import { recordedScripts, scriptReleases } from '../scripts/recorded.ts';
import exceptions from './exceptions.json' with { type: 'json' };
import { type Agreement, type Aspect, aspects, replayExchange } from './exchanges.ts';
import { openMock, openPrism } from './mock.ts';
import { replayScripts, type ScriptDifferences } from './scripts.ts';
import type { Subject } from './subject.ts';
import { openVendor } from './vendor.ts';

/** What is compared, in the order of the columns. */
export const subjects: Record<string, (release: string) => Promise<Subject>> = {
  'the mock': (release) => openMock({ release }),
  '`mock --prism`': openPrism,
  "Prism on the vendor's document": openVendor,
};

/** What agreed, by subject, release and exchange. */
export type Exchanges = Map<string, Map<string, Map<string, Agreement>>>;

export const replayExchanges = async (): Promise<Exchanges> => {
  const all: Exchanges = new Map();
  for (const [name, open] of Object.entries(subjects)) {
    const byRelease = new Map<string, Map<string, Agreement>>();
    for (const release of recordedReleases) {
      const subject = await open(release);
      const agreements = new Map<string, Agreement>();
      for (const recorded of recordedExchanges(release))
        agreements.set(recorded.name, await replayExchange(recorded, subject));
      await subject.close();
      byRelease.set(release, agreements);
    }
    all.set(name, byRelease);
  }
  return all;
};

export type Scripts = Map<string, Map<string, ScriptDifferences>>;

export const replayAllScripts = async (): Promise<Scripts> => {
  const { places, close } = await openPlaces();
  try {
    const all: Scripts = new Map();
    for (const release of scriptReleases)
      all.set(release, await replayScripts(release, recordedScripts(release, places)));
    return all;
  } finally {
    close();
  }
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const share = (agreed: number, all: number): string => `${agreed} of ${all}`;

const countOf = (agreements: Map<string, Agreement> | undefined, aspect: Aspect): string => {
  const counted = [...(agreements?.values() ?? [])].filter((agreement) => agreement[aspect] !== undefined);
  return share(counted.filter((agreement) => agreement[aspect]).length, counted.length);
};

const exchangeTable = (exchanges: Exchanges): string => {
  const names = [...exchanges.keys()];
  return [
    row(['release', 'what agrees', ...names]),
    row(['---', '---', ...names.map(() => '---')]),
    ...recordedReleases.flatMap((release) =>
      aspects.map((aspect) =>
        row([release, aspect, ...names.map((name) => countOf(exchanges.get(name)?.get(release), aspect))]),
      ),
    ),
  ].join('\n');
};

const scriptTable = (scripts: Scripts): string =>
  [
    row(['release', '`POST /test`', 'the token']),
    row(['---', '---', '---']),
    ...[...scripts].map(([release, lines]) => {
      const count = (question: 'test' | 'issue') =>
        share([...lines.values()].filter((line) => line[question].length === 0).length, lines.size);
      return row([release, count('test'), count('issue')]);
    }),
  ].join('\n');

/** `docs/mock-parity.md`. */
export const parityPage = (exchanges: Exchanges, scripts: Scripts): string =>
  `${[
    '# Parity with real tenants',
    'Made by `npm run mock:parity -- --write`; do not edit.',
    'Every recorded exchange (`contracts/recordings/`) is sent to the mock over HTTP, and the answers are compared. An aspect is counted where the recording has it; `stored` is what a read found afterwards.',
    exchangeTable(exchanges),
    'Both by Prism keep no state, and `mock --prism` knows one release. For the last column Prism is given the document that a tenant of that release gives out, in its own engine: its server does not outlive some of the requests.',
    '## Scripts',
    'Every recorded script, compared in status and body of `POST /test`, messages too; and in status, denial and claims of the token: a client-credentials script is stored and the token endpoint asked, an access-token script is run as for a token, which the mock does not issue to users.',
    scriptTable(scripts),
    '## Exceptions',
    ...exceptions.map(({ release, name, aspect, reason }) => `- ${release}, ${name}, ${aspect}: ${reason}.`),
  ].join('\n\n')}\n`;

/** What does not agree and is no exception, and exceptions that are none any more. */
export const surprises = (exchanges: Exchanges, scripts: Scripts): string[] => {
  const differing = [
    ...[...(exchanges.get('the mock') ?? [])].flatMap(([release, agreements]) =>
      [...agreements].flatMap(([name, agreement]) =>
        aspects
          .filter((aspect) => agreement[aspect] === false)
          .map((aspect) => ({ release, name, aspect: aspect as string, found: '' })),
      ),
    ),
    ...[...scripts].flatMap(([release, lines]) =>
      [...lines].flatMap(([name, differences]) =>
        (['test', 'issue'] as const)
          .filter((question) => differences[question].length > 0)
          .map((aspect) => ({
            release,
            name,
            aspect: aspect as string,
            found: differences[aspect].join('; '),
          })),
      ),
    ),
  ];
  type Place = { release: string; name: string; aspect: string };
  const isSame = (a: Place, b: Place): boolean =>
    a.release === b.release && a.name === b.name && a.aspect === b.aspect;
  return [
    ...differing
      .filter((one) => !exceptions.some((exception) => isSame(exception, one)))
      .map(({ release, name, aspect, found }) => `${release} ${name}, ${aspect}: ${found || 'differs'}`),
    ...exceptions
      .filter((exception) => !differing.some((one) => isSame(one, exception)))
      .map(({ release, name, aspect }) => `no longer an exception: ${release} ${name}, ${aspect}`),
  ];
};
