/** The recordings' format: what reads it, what writes it, and what a live tenant's answers become in it. */
export { cutDocument } from './cut-document.ts';
export {
  filesWith,
  isRecorded,
  type Recorded,
  readDocument,
  readRecorded,
  recordedReleases,
  recordings,
} from './files.ts';
export { type RecordedLine, recordedName } from './line.ts';
export { folderOf, type RecordPlan } from './plan.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { recordedRequest } from './request.ts';
export { writeRecording } from './write.ts';
