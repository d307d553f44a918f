import { accessSync, constants, mkdirSync } from 'node:fs';
import { filesWith, folderOf, isRecorded, type RecordPlan } from './recordings/index.ts';
import { RefusedRunError } from './refused-run-error.ts';
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

/**
 * Looks, before anything is written, whether the recording could be.
 *
 * @throws {RefusedRunError} when the folder has one of that release, when it cannot be written to, and when the
 * tenant's document contradicts the release.
 */
export const assertRecordable = async (
  sender: Pick<Sender, 'endpoint'>,
  record: RecordPlan,
): Promise<void> => {
  const { folder, release } = record;
  assertWritable(folder);
  const present = filesWith(release, folderOf(record));
  if (present.length > 0)
    throw new RefusedRunError(
      `${folder} has a recording of ${release} (${present.join(', ')}), which is not overwritten: name another folder, or take it away first`,
    );
  const reason = contradiction(releaseOf(await tenantDocument(sender)), release);
  if (reason !== undefined) throw new RefusedRunError(`${sender.endpoint} is no Logto ${release}: ${reason}`);
};

/** What became of the recording, in words, too. */
export const recordingOf = (
  { folder, release }: RecordPlan,
  outcomes: readonly Outcome[],
): { isThere: boolean; said: string } => {
  const answered = outcomes.filter(({ status }) => status !== undefined).length;
  return isRecorded(release, folderOf({ folder, release }))
    ? { isThere: true, said: `Recorded Logto ${release} in ${folder}: ${answered} cases were answered.` }
    : {
        isThere: false,
        said: `Not recorded: ${answered} cases were answered, which is not all. Nothing was written to ${folder}.`,
      };
};
