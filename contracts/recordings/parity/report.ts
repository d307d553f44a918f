import { table } from '../../../scripts/markdown.ts';
import { recordedExchanges, recordedReleases } from '../../conforming/index.ts';
import { isNightly } from '../../nightly.ts';
import { openPlaces } from '../scripts/places.ts';
import { type RecordedScript, recordedScripts, scriptReleases } from '../scripts/recorded.ts';
import exceptions from './exceptions.json' with { type: 'json' };
import { type Agreement, type Aspect, aspects, replayExchange, type Subject } from './exchanges.ts';
import further from './further.json' with { type: 'json' };
import { openMock, openPrism, openVendor } from './mock.ts';
import { furtherExchanges } from './more.ts';
import { furtherScripts } from './more-scripts.ts';
import { replayScripts, type ScriptDifferences } from './scripts.ts';
import { unsent, userLines } from './users.ts';

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

/** What differs, by release and name of a further request or script. */
export type FurtherDifferences = Map<string, Map<string, string[]>>;

/** What differs and is no exception, and exceptions among these names that are none any more. */
export const furtherSurprises = (found: FurtherDifferences): string[] => {
  const tried = new Set([...found.values()].flatMap((names) => [...names.keys()]));
  const differing = [...found].flatMap(([release, names]) =>
    [...names]
      .filter(([, differences]) => differences.length > 0)
      .map(([name, differences]) => ({ name, text: `${release} ${name}: ${differences.join('; ')}` })),
  );
  const excepted = further.flatMap(({ names }) => names).filter((name) => tried.has(name));
  return [
    ...differing.filter(({ name }) => !excepted.includes(name)).map(({ text }) => text),
    ...excepted
      .filter((name) => !differing.some((one) => one.name === name))
      .map((name) => `no longer an exception: ${name}`),
  ];
};

/** Of all further ones, those that are no exception: `furtherSurprises` finds no other. */
const furtherTable = (): string => {
  const count = (lines: readonly { name: string }[]): string => {
    const excepted = lines.filter(({ name }) => further.some(({ names }) => names.includes(name)));
    return share(lines.length - excepted.length, lines.length);
  };
  return table(
    ['further', 'the same on every release'],
    [
      ['requests', count(furtherExchanges)],
      ['scripts', count(furtherScripts)],
      ['requests for tokens of users and organizations', count(userLines)],
    ],
  );
};

/** `docs/mock-parity.md`. */
export const parityPage = (exchanges: Exchanges): string =>
  `${[
    '# Parity with real tenants',
    'Made by `npm run regenerate`; do not edit.',
    'A test sends every recorded request (`contracts/recordings/`) to each server and compares the responses with the recorded ones. Each row counts only the exchanges whose recording has the part under “matching”; `stored` is what a read returned afterwards.',
    exchangeTable(exchanges),
    "Neither Prism variant keeps state, and `mock --prism` serves a single release. In the last column, Prism serves the OpenAPI document of a tenant of that release. The test runs Prism's engine without its own server, which some of the requests crash.",
    '## Scripts',
    'A test runs every recorded script twice. With `POST /test`, it compares the status and the body, including messages. In a token request, it compares the status, the denial and the claims. For that, it stores a client-credentials script and requests a token. An access-token script only runs as it would for a token, because the mock issues no tokens to users.',
    scriptTable(),
    '## Further requests and scripts',
    'Odd ones among them: doubled headers and parameters, other media types and encodings, every kind of wrong token. A test compares status, body, `Content-Type`, `Allow`, `WWW-Authenticate`, and what a read returned afterwards. The mock sends no CORS headers but in response to a preflight of the token endpoint, and none of those that Helmet sets.',
    furtherTable(),
    `${unsent} further requests about such tokens are not sent: they are about what the mock does not have (second factors, revocation, personal access tokens, userinfo), follow other requests, or wait for a token to expire.`,
    '## Exceptions',
    ...exceptions.map(({ release, name, aspect, reason }) => `- ${release}, ${name}, ${aspect}: ${reason}.`),
    ...further.map(({ names, reason }) => `- ${names.join('; ')}: ${reason}.`),
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
