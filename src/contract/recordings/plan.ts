import { pathToFileURL } from 'node:url';

/** What a person asked to be recorded. */
export interface RecordPlan {
  /** The folder for the files, absolute. */
  folder: string;
  /** The tenant's release, for example `1.42`. */
  release: string;
}

/** The folder, as the names of its files are resolved against it. */
export const folderOf = ({ folder }: RecordPlan): URL => pathToFileURL(`${folder}/`);
