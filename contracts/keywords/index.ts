/** Proof of the document's schemas, keyword by keyword. */
export { isComplete, keyOf, type Row } from './row.ts';
export { keywordTable, reasons } from './table.ts';
