/** What `check` finds, as data: `logto-jwt-customizer rules CODE` explains each. */

export type Severity = 'error' | 'warning' | 'notice';

export interface ClaimsRule {
  severity: Severity;
  /** One line. */
  title: string;
  /** What tenants do (recorded in contracts/recordings/scripts-*.jsonl unless it says otherwise), and what to write. */
  does: string;
}

const rule = (severity: Severity, title: string, does: string): ClaimsRule => ({ severity, title, does });

const withoutClaims = 'Tenants then issue the token without any custom claim, silently.';

export const claimsRules = {
  'syntax-error': rule(
    'error',
    'The script is not valid JavaScript for Node 22',
    `Tenants store any text, and find the error when they issue a token. ${withoutClaims} Syntax that came after Node 22 and top-level await are errors, too.`,
  ),
  'not-erasable': rule(
    'error',
    'TypeScript syntax that cannot be erased',
    'Types are erased without changing anything else. An enum, a namespace and parameter properties would need code in their place: write a constant object, a plain object, an assignment.',
  ),
  import: rule(
    'error',
    'The script imports a value',
    'Tenants run one plain script, in which import and require do not exist. Import types with `import type`, and copy functions into the file.',
  ),
  export: rule(
    'error',
    'The script has an export that cannot be removed',
    `Tenants run one plain script, in which export, exports and module do not exist. Declare getCustomJwtClaims by its name: \`export const getCustomJwtClaims = …\` in a file, without \`export\` in the Console.`,
  ),
  'no-function': rule(
    'error',
    'There is no function named getCustomJwtClaims',
    `Tenants call the function getCustomJwtClaims at the top level of the script, and no other. ${withoutClaims} An empty script switches the customizer off.`,
  ),
  'nul-character': rule(
    'error',
    'The script contains U+0000',
    'Tenants respond with 500 when it is stored. In a string, write the escape \\u0000.',
  ),
  'lone-surrogate': rule(
    'error',
    'The script contains half of a surrogate pair',
    'Tenants respond with 422 when it is stored. Save the file as UTF-8; in a string, write an escape.',
  ),
  'too-large': rule(
    'error',
    'The script takes more than 1 MiB',
    'Tenants respond with 404 to a request of more than 1,048,576 bytes.',
  ),
  'trailing-comment': rule(
    'error',
    'The script ends in a // comment without a line break',
    `Up to 1.42, tenants append code to the last line, which becomes part of the comment. ${withoutClaims} End the file with a line break.`,
  ),
  'unknown-global': rule(
    'error',
    'The release does not have this global or built-in',
    'Up to 1.42, scripts have the language itself, fetch and console, and nothing else of Node. From 1.43 on they have the globals of Node 22. Guard with `typeof NAME`, or do without.',
  ),
  'unknown-member': rule(
    'error',
    'The argument of getCustomJwtClaims has no such member',
    'The members are those of Logto’s document and of recorded arguments, by release. Anything else is undefined on every tenant.',
  ),
  'positional-arguments': rule(
    'error',
    'getCustomJwtClaims takes one argument',
    'Tenants call it with one object: `({ token, context, environmentVariables, api })`. Further parameters are undefined.',
  ),
  'ignored-claim': rule(
    'error',
    'Tenants ignore this claim',
    'sub, iss, aud, exp, iat, jti, scope and client_id keep the tenant’s own values, while POST /test shows the script’s. Use another name.',
  ),
  'overruling-claim': rule(
    'warning',
    'This claim overrules the tenant’s own',
    'organization_id, act, nbf, sid and kind of a script are in the token in place of the tenant’s. Use another name unless that is what you want.',
  ),
  'server-environment': rule(
    'warning',
    'process.env is the environment of the Logto server',
    'From 1.43 on, a script can read the server’s variables, database credentials among them. Use environmentVariables.',
  ),
  'fetch-without-limit': rule(
    'warning',
    'fetch has no time limit here',
    'Up to 1.42 a tenant waits for fetch as long as it takes, and so does the sign-in. Neither AbortSignal nor setTimeout exists there: call a service that is fast. From 1.43 on, scripts are stopped after 5 s.',
  ),
  'loop-after-await': rule(
    'warning',
    'A loop after await has no time limit here',
    'Up to 1.42 the limit of 3 s covers the synchronous part alone. A loop that does not end after an await stops the whole server until it is killed.',
  ),
  'state-outside': rule(
    'warning',
    'State outside getCustomJwtClaims does not behave alike',
    'From 1.43 on it lives on between tokens of different users, and between tokens and POST /test; before, it is fresh each time. Keep state inside the function.',
  ),
  'caught-denial': rule(
    'warning',
    'A catch around denyAccess swallows the denial',
    'denyAccess throws. When the script catches that, the token is issued. Call it outside of try, or throw the error again.',
  ),
  'instanceof-argument': rule(
    'warning',
    'instanceof is false for arguments here',
    'Up to 1.42 the arguments are of another realm than the script: `context.user.roles instanceof Array` is false. Use Array.isArray.',
  ),
  'run-failed': rule(
    'error',
    'The script fails with the sample',
    `It throws, or returns something other than an object. ${withoutClaims} Data that a user need not have: read it with \`?.\`.`,
  ),
  'run-timeout': rule(
    'error',
    'The script takes too long with the sample',
    `Scripts are stopped after 3 s up to 1.42 (after an await: never), and after 5 s from 1.43 on. ${withoutClaims}`,
  ),
  'unfit-value': rule(
    'error',
    'A token cannot carry this value, or POST /test shows another one',
    'Claims are JSON. A BigInt costs the token; from 1.43 on a function, symbol or toJSON costs all claims; a Date, Map, NaN or undefined inside an object arrives as something else. Return strings, numbers, booleans, null, arrays and plain objects.',
  ),
  'sample-differs': rule(
    'error',
    'The script does not do what the sample expects',
    'A sample may say `expect: { "claims": … }` or `expect: { "denied": "…" }`.',
  ),
  'run-inconclusive': rule(
    'notice',
    'The sample run ended early, for lack of something that only you have',
    'check makes no requests, so fetch fails in it, and it does not know your environment variables. Give a sample with `environmentVariables`, or use `logto-jwt-customizer run FILE`, which makes requests.',
  ),
  denied: rule(
    'notice',
    'The script denies the sample',
    'The token request is answered 400 access_denied. Say `expect: { "denied": "…" }` in a sample that is to be denied.',
  ),
} satisfies Record<string, ClaimsRule>;

export type ClaimsCode = keyof typeof claimsRules;

/** Claims of a script that tenants ignore. */
export const ignoredClaims = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'] as const;

/** Claims by which a script overrules the tenant. */
export const overrulingClaims = ['organization_id', 'act', 'nbf', 'sid', 'kind'] as const;
