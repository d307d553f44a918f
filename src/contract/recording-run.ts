import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { RefusedRunError } from '../session/index.ts';
import { isCommonWord } from './cases.ts';
import {
  documentFileOf,
  fileOf,
  folderOf,
  isOf,
  kinds,
  parseLines,
  type RecordPlan,
} from './recordings/index.ts';
import { contradiction, releaseOf } from './releases.ts';
import type { Outcome } from './table.ts';
import type { Sender } from './targets/http.ts';
import { tenantDocument } from './targets/tenant-document.ts';

const assertWritable = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new RefusedRunError(`cannot write to ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  }
};

/** A shorter secret, or one that is a common word, cannot be redacted in a recording, which is published. */
const shortestSecret = 8;

type Recordable = Pick<Sender, 'endpoint' | 'client' | 'clientWithoutRole'>;

const assertRedactable = ({ client, clientWithoutRole }: Recordable): void => {
  const secrets = { LOGTO_APP_SECRET: client.secret, LOGTO_NO_ROLE_APP_SECRET: clientWithoutRole?.secret };
  for (const [name, secret] of Object.entries(secrets))
    if (secret !== undefined && (secret.length < shortestSecret || isCommonWord(secret)))
      throw new RefusedRunError(
        `recordings are published, but ${name} is too short or too common a word to redact: use an application whose secret Logto generated`,
      );
};

/** The files in the folder that have something of that release. */
const filesWith = (plan: RecordPlan): string[] => {
  const { release } = plan;
  return [...kinds.map((kind) => fileOf(kind, release)), documentFileOf(release)].filter((file) => {
    const url = new URL(file, folderOf(plan));
    if (!existsSync(url)) return false;
    return (
      file.includes(release) || parseLines(readFileSync(url, 'utf8')).some((line) => isOf(line, release))
    );
  });
};

/**
 * Checks, before anything is written, that recording is possible.
 *
 * @throws {RefusedRunError} when the folder has a recording of that release, when it is not writable, when a secret
 * could not be redacted, and when the tenant's document contradicts the release.
 */
export const assertRecordable = async (sender: Recordable, record: RecordPlan): Promise<void> => {
  const { folder, release } = record;
  assertRedactable(sender);
  assertWritable(folder);
  const present = filesWith(record);
  if (present.length > 0)
    throw new RefusedRunError(
      `${folder} has a recording of ${release} (${present.join(', ')}), which is not overwritten: choose another folder, or remove it first`,
    );
  const reason = contradiction(releaseOf(await tenantDocument(sender)), release);
  if (reason !== undefined)
    throw new RefusedRunError(`${sender.endpoint} is not Logto ${release}: ${reason}`);
};

/** Whether the recording was written, with a message. */
export const recordingOf = (record: RecordPlan, outcomes: readonly Outcome[]) => {
  const { folder, release } = record;
  const answered = outcomes.filter(({ status }) => status !== undefined).length;
  const isThere = existsSync(new URL(fileOf('exchanges', release), folderOf(record)));
  const said = isThere
    ? `Recorded Logto ${release} in ${folder}: ${answered} cases got a response.`
    : `Not recorded: only ${answered} cases got a response. Nothing was written to ${folder}.`;
  return { isThere, said };
};
