/** The recorded scripts with their arguments, as described in `contracts/recordings/README.md`. */
import { existsSync, readFileSync } from 'node:fs';
import type { ScriptRequest } from '../../../src/runner/index.ts';
import { recordedReleases } from '../../conforming/index.ts';

export interface RecordedScript {
  release: string;
  /** Unique within its release. */
  name: string;
  tokenType: ScriptRequest['tokenType'];
  script: string;
  environmentVariables?: Record<string, string>;
  issued: {
    status: number;
    claims?: unknown;
    body?: { error_description?: string };
    seconds?: number;
  };
  test: { status: number; body: unknown; seconds?: number };
}

interface Argument {
  release: string;
  grant: string;
  script: ScriptRequest['tokenType'];
  token: { extra?: unknown };
  context: unknown;
}

const lines = <T>(file: string, replace: (text: string) => string = (text) => text): T[] =>
  replace(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const fileOf = (release: string): string => `scripts-${release}.jsonl`;

/** The releases that have recorded scripts: `contract --record` does not record them. */
export const scriptReleases: readonly string[] = recordedReleases.filter((release) =>
  existsSync(new URL(`../${fileOf(release)}`, import.meta.url)),
);

/**
 * @param places - the values of `<server>`, `<closed>` and `<endpoint>` in the scripts and their results
 */
export const recordedScripts = (release: string, places: Record<string, string>): RecordedScript[] =>
  lines(fileOf(release), (text) =>
    text.replaceAll(/<(server|closed|endpoint)>/g, (place) => places[place] ?? place),
  );

export const recordedArguments = lines<Argument>('arguments.jsonl');

const ofClient = {
  token: {
    jti: 'id001',
    kind: 'ClientCredentials',
    clientId: 'id002',
    aud: 'https://things.example.test/api',
  },
  context: {},
};

/** The arguments of the script in `/test`; those for a token are nearly the same. */
export const requestOf = ({
  release,
  tokenType,
  script,
  environmentVariables,
}: RecordedScript): ScriptRequest => {
  if (tokenType === 'client-credentials') return { tokenType, script, environmentVariables, ...ofClient };
  const first = recordedArguments.find((line) => line.release === release);
  if (first === undefined) throw new Error(`no arguments were recorded on ${release}`);
  const { extra, ...token } = first.token;
  return { tokenType, script, environmentVariables, token, context: first.context };
};
