/** What comes of a script: apart, so that its types need none of Node's. */

/** What a real server of the release does instead of answering. */
export type Unanswered =
  /** It responds to nothing any more until it is killed. */
  | 'server-hangs'
  /** It responds to others, to this request never. */
  | 'request-hangs'
  /** The script ends it. */
  | 'server-dies';

/** The runner stopped the script; `message` is our own. */
export interface Stopped {
  status: 500;
  message: string;
  unanswered: Unanswered;
}

/** What `POST /test` says of a script. */
export type TestOutcome =
  /** The object that the script returned, as far as JSON holds it. */
  | { status: 200; claims: Record<string, unknown> }
  /** The script called `api.denyAccess`; `message` is its argument, or the default. */
  | { status: 403; message: string }
  /** It threw, did not compile, took too long or returned no object. */
  | { status: 422; message: string }
  /**
   * It returned what the answer cannot hold (no `message`: the tenant says "Internal server error."), or failed with
   * what the tenant cannot read (`message`: a `jwt_customizer.general`).
   */
  | { status: 500; message?: string }
  | Stopped;

/** What becomes of the token that a script is run for. */
export type IssueOutcome =
  /**
   * It is issued with these claims, before the tenant's own overrule some. `lost` says why there is none, `line` where in
   * the script, from 1.
   */
  | { status: 200; claims: Record<string, unknown>; lost?: string; line?: number }
  /** No token: the script denied it. `message` is the `error_description`. */
  | { status: 400; message: string; line?: number }
  /** No token: the tenant's log cannot hold what came of the script (a lone surrogate). */
  | { status: 422 }
  /** No token: JSON cannot hold a claim. */
  | { status: 500 }
  | Stopped;

const instead: Record<Unanswered, string> = {
  'server-hangs': 'a real server of this release would hang until it is killed',
  'request-hangs': 'a real server of this release would never answer this request',
  'server-dies': 'a real server of this release would have ended',
};

/** @param what - the script did, as in "The script loops" */
export const stopped = (unanswered: Unanswered, what: string): Stopped => ({
  status: 500,
  message: `${what}: ${instead[unanswered]}.`,
  unanswered,
});
