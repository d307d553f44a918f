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

/** A secret that is shorter, or a word of the cases, could not be taken out of a recording, which is published. */
const shortestSecret = 8;

type Recordable = Pick<Sender, 'endpoint' | 'client' | 'clientWithoutRole'>;

const assertRedactable = ({ client, clientWithoutRole }: Recordable): void => {
  const secrets = { LOGTO_APP_SECRET: client.secret, LOGTO_NO_ROLE_APP_SECRET: clientWithoutRole?.secret };
  for (const [name, secret] of Object.entries(secrets))
    if (secret !== undefined && (secret.length < shortestSecret || isCommonWord(secret)))
      throw new RefusedRunError(
        `a recording is published, and ${name} is too short, or a word of the cases, to be taken out of it: use an application whose secret Logto generated`,
      );
};

/** Which of the folder's files hold something of that release. */
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
 * Looks, before anything is written, whether the recording could be.
 *
 * @throws {RefusedRunError} when the folder has one of that release, when it cannot be written to, when a secret could
 * not be taken out of it, and when the tenant's document contradicts the release.
 */
export const assertRecordable = async (sender: Recordable, record: RecordPlan): Promise<void> => {
  const { folder, release } = record;
  assertRedactable(sender);
  assertWritable(folder);
  const present = filesWith(record);
  if (present.length > 0)
    throw new RefusedRunError(
      `${folder} has a recording of ${release} (${present.join(', ')}), which is not overwritten: name another folder, or take it away first`,
    );
  const reason = contradiction(releaseOf(await tenantDocument(sender)), release);
  if (reason !== undefined) throw new RefusedRunError(`${sender.endpoint} is no Logto ${release}: ${reason}`);
};

/** What became of the recording, in words, too. */
export const recordingOf = (record: RecordPlan, outcomes: readonly Outcome[]) => {
  const { folder, release } = record;
  const answered = outcomes.filter(({ status }) => status !== undefined).length;
  const isThere = existsSync(new URL(fileOf('exchanges', release), folderOf(record)));
  const said = isThere
    ? `Recorded Logto ${release} in ${folder}: ${answered} cases were answered.`
    : `Not recorded: ${answered} cases were answered, which is not all. Nothing was written to ${folder}.`;
  return { isThere, said };
};
