/** The recordings' format: what reads it, what writes it, and what a live tenant's answers become in it. */

export {
  filesWith,
  folderOf,
  isRecorded,
  type Recorded,
  type RecordPlan,
  readDocument,
  readRecorded,
  recordedReleases,
  recordings,
} from './files.ts';
export { type RecordedLine, recordedName } from './line.ts';
export { createRecorder, type Recorder, recordedRequest } from './recorder.ts';
export { cutDocument, writeRecording } from './write.ts';
