/** A place in a script: both from 1, the column in UTF-16 units, as editors count. */
export interface Place {
  line: number;
  column: number;
}

/** A file from which no script can be made. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  /** As `logto-jwt-customizer rules CODE` explains it. */
  readonly code: string;
  readonly place: Place;

  constructor(code: string, place: Place, message: string) {
    super(message);
    this.code = code;
    this.place = place;
  }
}

/** The place of a character. */
export const placeOf = (text: string, index: number): Place => {
  const before = text.slice(0, index).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
};

/** The line of a place, as the author wrote it. */
export const lineOf = (text: string, { line }: Place): string =>
  text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? '';
