/** Who sends it: a client of ours (request) or a tenant (response). */
export type Direction = 'request' | 'response';

/** Whether a change breaks a client of ours, and why, in a sentence. */
export interface Verdict {
  breaks: boolean;
  reason: string;
}

export type Subject =
  | 'operation'
  | 'security'
  | 'parameter'
  | 'header'
  | 'status'
  | 'body'
  | 'media type'
  | 'field'
  | 'required'
  | 'type'
  | 'null'
  | 'enum'
  | 'enum value'
  | 'literal'
  | 'constraint'
  | 'keyword'
  | 'unknown fields'
  | 'variant'
  | 'union'
  | 'deprecation';

export interface Rule {
  subject: Subject;
  kind: 'added' | 'removed' | 'changed';
  /** What it means when it is sent; `undefined` where it cannot be. */
  request?: Verdict;
  /** What it means when it is received; `undefined` where it cannot be. */
  response?: Verdict;
}

const breaks = (reason: string): Verdict => ({ breaks: true, reason });
const compatible = (reason: string): Verdict => ({ breaks: false, reason });

const refused = breaks('What was accepted before may be refused.');
const accepted = compatible('All that was accepted before still is.');
const unexpected = breaks('An answer may hold what a client does not expect.');
const expected = compatible('All that is answered was possible before.');

/** What accepts or holds more than before. */
const wider = { request: accepted, response: unexpected };
/** What accepts or holds less than before. */
const narrower = { request: refused, response: expected };
/** Neither more nor less, or nobody can tell: in doubt, it breaks. */
const other = { request: refused, response: unexpected };

/** Every kind of change, by its code, and what it means in each direction. The only such table. */
export const rules = {
  'operation-added': {
    subject: 'operation',
    kind: 'added',
    request: compatible('Nobody calls it yet.'),
  },
  'operation-removed': {
    subject: 'operation',
    kind: 'removed',
    request: breaks('Calls of it are refused.'),
  },
  'operations-missing': {
    subject: 'operation',
    kind: 'removed',
    request: breaks('No call can succeed: this Logto is too old for customizers, or is none.'),
  },
  'security-changed': {
    subject: 'security',
    kind: 'changed',
    request: breaks('A token that was good enough before may be refused.'),
  },
  'parameter-added-required': {
    subject: 'parameter',
    kind: 'added',
    request: breaks('Calls without it are refused.'),
  },
  'parameter-added-optional': { subject: 'parameter', kind: 'added', request: accepted },
  'parameter-removed': {
    subject: 'parameter',
    kind: 'removed',
    request: breaks('It is refused, or without effect.'),
  },
  'parameter-made-required': { subject: 'required', kind: 'added', request: refused },
  'parameter-made-optional': { subject: 'required', kind: 'removed', request: accepted },
  'header-added': {
    subject: 'header',
    kind: 'added',
    response: compatible('Clients ignore headers that they do not know.'),
  },
  'header-removed': {
    subject: 'header',
    kind: 'removed',
    response: breaks('A client that reads it finds nothing.'),
  },
  'header-made-required': { subject: 'required', kind: 'added', response: expected },
  'header-made-optional': {
    subject: 'required',
    kind: 'removed',
    response: breaks('A client that relies on it may find nothing.'),
  },
  'status-added-success': {
    subject: 'status',
    kind: 'added',
    response: breaks('A client that tells outcomes apart by status does not know it.'),
  },
  'status-added-error': {
    subject: 'status',
    kind: 'added',
    response: compatible('Our client makes an error of every status that means one.'),
  },
  'status-removed': {
    subject: 'status',
    kind: 'removed',
    response: breaks('What was answered with it is answered otherwise, nobody says how.'),
  },
  'body-added': {
    subject: 'body',
    kind: 'added',
    request: refused,
    response: compatible('A client that expects no body ignores it.'),
  },
  'body-added-optional': { subject: 'body', kind: 'added', request: accepted },
  'body-removed': {
    subject: 'body',
    kind: 'removed',
    request: breaks('What is sent is refused, or without effect.'),
    response: breaks('A client that reads it finds nothing.'),
  },
  'body-made-required': { subject: 'required', kind: 'added', request: refused },
  'body-made-optional': { subject: 'required', kind: 'removed', request: accepted },
  'media-type-added': { subject: 'media type', kind: 'added', ...wider },
  'media-type-removed': {
    subject: 'media type',
    kind: 'removed',
    request: refused,
    response: breaks('A client that asks for it gets something else.'),
  },
  'field-added-required': {
    subject: 'field',
    kind: 'added',
    request: breaks('A request without it is refused.'),
    response: compatible('Clients ignore fields that they do not know.'),
  },
  'field-added-optional': {
    subject: 'field',
    kind: 'added',
    request: accepted,
    response: compatible('Clients ignore fields that they do not know.'),
  },
  'field-removed': {
    subject: 'field',
    kind: 'removed',
    request: breaks('It is refused, or dropped in silence.'),
    response: breaks('A client that reads it finds nothing.'),
  },
  'field-made-required': {
    subject: 'required',
    kind: 'added',
    request: breaks('A request without it is refused.'),
    response: expected,
  },
  'field-made-optional': {
    subject: 'required',
    kind: 'removed',
    request: accepted,
    response: breaks('A client that relies on it may find nothing.'),
  },
  'type-wider': { subject: 'type', kind: 'changed', ...wider },
  'type-narrower': { subject: 'type', kind: 'changed', ...narrower },
  'type-changed': { subject: 'type', kind: 'changed', ...other },
  'null-added': { subject: 'null', kind: 'added', ...wider },
  'null-removed': { subject: 'null', kind: 'removed', ...narrower },
  'enum-added': { subject: 'enum', kind: 'added', ...narrower },
  'enum-removed': { subject: 'enum', kind: 'removed', ...wider },
  'enum-value-added': {
    subject: 'enum value',
    kind: 'added',
    request: accepted,
    response: breaks('A client that tells the values apart does not know it.'),
  },
  'enum-value-removed': {
    subject: 'enum value',
    kind: 'removed',
    request: breaks('A request with it is refused.'),
    response: expected,
  },
  'literal-changed': { subject: 'literal', kind: 'changed', ...other },
  'literal-respelled': {
    subject: 'literal',
    kind: 'changed',
    request: compatible('The same value; only what generators make of the document changes.'),
    response: compatible('The same value; only what generators make of the document changes.'),
  },
  'constraint-tightened': { subject: 'constraint', kind: 'changed', ...narrower },
  'constraint-loosened': { subject: 'constraint', kind: 'changed', ...wider },
  'constraint-added': { subject: 'constraint', kind: 'added', ...narrower },
  'constraint-removed': { subject: 'constraint', kind: 'removed', ...wider },
  'constraint-changed': { subject: 'constraint', kind: 'changed', ...other },
  'keyword-changed': {
    subject: 'keyword',
    kind: 'changed',
    request: breaks('Nobody can tell what it means; in doubt, it breaks.'),
    response: breaks('Nobody can tell what it means; in doubt, it breaks.'),
  },
  'unknown-fields-refused': {
    subject: 'unknown fields',
    kind: 'removed',
    request: breaks('A request with a field of another name is refused.'),
    response: expected,
  },
  'unknown-fields-allowed': {
    subject: 'unknown fields',
    kind: 'added',
    request: accepted,
    response: compatible('Clients ignore fields that they do not know.'),
  },
  'variant-added': { subject: 'variant', kind: 'added', ...wider },
  'variant-removed': { subject: 'variant', kind: 'removed', ...narrower },
  'union-opened': { subject: 'union', kind: 'changed', ...wider },
  'union-closed': { subject: 'union', kind: 'changed', ...narrower },
  'deprecation-added': {
    subject: 'deprecation',
    kind: 'added',
    request: compatible('It still works; it may go.'),
    response: compatible('It is still answered; it may go.'),
  },
  'deprecation-removed': { subject: 'deprecation', kind: 'removed', request: accepted, response: expected },
} as const satisfies Record<string, Rule>;

export type Code = keyof typeof rules;

/**
 * What a change means in a direction.
 *
 * @throws {Error} for a direction in which the change cannot be.
 */
export const verdictOf = (code: Code, direction: Direction): Verdict => {
  const verdict = (rules[code] as Rule)[direction];
  if (verdict === undefined) throw new Error(`${code} cannot be of a ${direction}`);
  return verdict;
};
