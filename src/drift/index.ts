/** Where what a tenant says of its customizers, or said before, differs from what we say. */
export { loadEndpoint, loadFile, loadOurs, UnusableFileError } from './load.ts';
export { markdownOf } from './markdown.ts';
export { UnreadableDocumentError } from './references.ts';
export { type DriftReport, driftOf, newerThan, type Source } from './report.ts';
export { textOf } from './text.ts';
