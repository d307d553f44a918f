/** One thing that a keyword of the document says, and what proves that it is said and that it is true. */
export interface Row {
  /** The named schema of the document. */
  schema: string;
  /** JSON Pointer into it. */
  place: string;
  /** The keyword, with what it lists: `required: id`. */
  keyword: string;
  /** Who sent, or was answered, a value that it lets through. Empty when nobody was seen to. */
  valid: string;
  /** A value that it alone refuses, and that is refused. */
  invalid: string;
  /** What no longer holds without it: of a listed value or a bound, also with less allowed. */
  dies: string;
  /** Why the row has gaps. */
  reason?: string;
  /** In what schemas, guards, recordings and suite are not of one mind. */
  problems: string[];
}

/** What `reasons.json` is keyed by. */
export const keyOf = ({ schema, place, keyword }: Pick<Row, 'schema' | 'place' | 'keyword'>): string =>
  `${schema}#${place} ${keyword}`;

export const isComplete = ({ valid, invalid, dies, problems }: Row): boolean =>
  valid !== '' && invalid !== '' && dies !== '' && problems.length === 0;
