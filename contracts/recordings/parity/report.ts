import { table } from '../../../scripts/markdown.ts';
import { recordedExchanges, recordedReleases } from '../../conforming/index.ts';
import { isNightly } from '../../nightly.ts';
import { openPlaces } from '../scripts/places.ts';
import { type RecordedScript, recordedScripts, scriptReleases } from '../scripts/recorded.ts';
import exceptions from './exceptions.json' with { type: 'json' };
import { type Agreement, type Aspect, aspects, replayExchange, type Subject } from './exchanges.ts';
import { openMock, openPrism, openVendor } from './mock.ts';
import { replayScripts, type ScriptDifferences } from './scripts.ts';

/** The compared aspects, in the order of the columns. */
export const subjects: Record<string, (release: string) => Promise<Subject>> = {
  'the mock': (release) => openMock({ release }),
  '`mock --prism`': openPrism,
  "Prism with Logto's document": openVendor,
};

/** The aspects that agreed, by subject, release and exchange. */
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

/** The gate sends the mock every tenth script, because `../scripts/scripts.test.ts` runs all of them in its runner. */
const isTried = ({ release, name }: RecordedScript, index: number): boolean =>
  isNightly ||
  index % 10 === 0 ||
  exceptions.some((exception) => exception.release === release && exception.name === name);

export const replayScriptsByMock = async (): Promise<Scripts> => {
  const { places, close } = await openPlaces();
  try {
    // In parallel: most of the time is waiting.
    const replayed = scriptReleases.map(async (release) => {
      const scripts = recordedScripts(release, places).filter(isTried);
      return [release, await replayScripts(release, scripts)] as const;
    });
    return new Map(await Promise.all(replayed));
  } finally {
    close();
  }
};

const share = (agreed: number, all: number): string => `${agreed} of ${all}`;

const countOf = (agreements: Map<string, Agreement> | undefined, aspect: Aspect): string => {
  const counted = [...(agreements?.values() ?? [])].filter((agreement) => agreement[aspect] !== undefined);
  return share(counted.filter((agreement) => agreement[aspect]).length, counted.length);
};

const exchangeTable = (exchanges: Exchanges): string => {
  const names = [...exchanges.keys()];
  return table(
    ['release', 'matching', ...names],
    recordedReleases.flatMap((release) =>
      aspects.map((aspect) => [
        release,
        aspect,
        ...names.map((name) => countOf(exchanges.get(name)?.get(release), aspect)),
      ]),
    ),
  );
};

/** The two ways to run a script: `POST /test`, and a token. */
const questions = ['test', 'issue'] as const;

/** The recorded scripts that are not exceptions, which all agree if `scriptSurprises` is empty. */
const scriptTable = (): string =>
  table(
    ['release', '`POST /test`', 'the token'],
    scriptReleases.map((release) => {
      const { length } = recordedScripts(release, {});
      const count = (question: string): string => {
        const excepted = exceptions.filter((one) => one.release === release && one.aspect === question);
        return share(length - excepted.length, length);
      };
      return [release, ...questions.map(count)];
    }),
  );

/** `docs/mock-parity.md`. */
export const parityPage = (exchanges: Exchanges): string =>
  `${[
    '# Parity with real tenants',
    'Made by `npm run regenerate`; do not edit.',
    'A test sends every recorded request (`contracts/recordings/`) to each server and compares the responses with the recorded ones. A row counts the exchanges whose recording has that part; `stored` is what a read returned afterwards.',
    exchangeTable(exchanges),
    "Neither Prism variant keeps state, and `mock --prism` serves a single release. In the last column, Prism serves the OpenAPI document of a tenant of that release. The test runs Prism's engine without its own server, which some of the requests crash.",
    '## Scripts',
    'A test runs every recorded script in two ways. For `POST /test` it compares the status and the body, including messages. For the token it compares the status, the denial and the claims: it stores a client-credentials script and requests a token; an access-token script runs as for a token, because the mock issues no tokens to users.',
    scriptTable(),
    '## Exceptions',
    ...exceptions.map(({ release, name, aspect, reason }) => `- ${release}, ${name}, ${aspect}: ${reason}.`),
  ].join('\n\n')}\n`;

interface Difference {
  release: string;
  name: string;
  aspect: string;
  found: string;
}

/** Unlisted differences, and exceptions for these aspects that no longer apply. */
const unexpected = (differing: readonly Difference[], about: readonly string[]): string[] => {
  const isSame = (a: Omit<Difference, 'found'>, b: Omit<Difference, 'found'>): boolean =>
    a.release === b.release && a.name === b.name && a.aspect === b.aspect;
  return [
    ...differing
      .filter((one) => !exceptions.some((exception) => isSame(exception, one)))
      .map(({ release, name, aspect, found }) => `${release} ${name}, ${aspect}: ${found}`),
    ...exceptions
      .filter(({ aspect }) => about.includes(aspect))
      .filter((exception) => !differing.some((one) => isSame(one, exception)))
      .map(({ release, name, aspect }) => `no longer an exception: ${release} ${name}, ${aspect}`),
  ];
};

/** Differences of the mock's responses from the tenant's, compared with the exceptions. */
export const exchangeSurprises = (exchanges: Exchanges): string[] => {
  const differing = [...(exchanges.get('the mock') ?? [])].flatMap(([release, agreements]) =>
    [...agreements].flatMap(([name, agreement]) =>
      aspects
        .filter((aspect) => agreement[aspect] === false)
        .map((aspect) => ({ release, name, aspect, found: 'differs' })),
    ),
  );
  return unexpected(differing, aspects);
};

/** The same for scripts. */
export const scriptSurprises = (scripts: Scripts): string[] => {
  const differing = [...scripts].flatMap(([release, lines]) =>
    [...lines].flatMap(([name, differences]) =>
      questions
        .filter((question) => differences[question].length > 0)
        .map((aspect) => ({ release, name, aspect, found: differences[aspect].join('; ') })),
    ),
  );
  return unexpected(differing, questions);
};
