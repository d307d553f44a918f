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

/** Says what became of the recording. Answers whether there is one. */
export const tellRecording = (
  record: RecordPlan,
  outcomes: readonly Outcome[],
  log: (line: string) => void,
): boolean => {
  const { folder, release } = record;
  const answered = outcomes.filter(({ status }) => status !== undefined).length;
  if (!isRecorded(release, folderOf(record))) {
    log(`Not recorded: ${answered} cases were answered, which is not all. Nothing was written to ${folder}.`);
    return false;
  }
  log(`Recorded Logto ${release} in ${folder}: ${answered} cases were answered.`);
  return true;
};
