/* Made by `npm run regenerate` from spec/report.schema.json. Do not edit. */
/** @description Any value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/**
 * Report of the contract suite
 * @description What `logto-jwt-customizer contract --report json` writes. A field may be added without a new version: ignore those that you do not know. docs/report.md explains it.
 */
export interface Report {
    cases: ReportCase[];
    /** @description The version of the OpenAPI document that targets were held to. */
    document: string;
    /** @description How long the run took. */
    milliseconds: number;
    /** @description The version of the package that ran. */
    package: string;
    /** @description Why, where no case says it. */
    reason?: string;
    /**
     * @description `nothing proven`: every response was a refusal of the credentials, or no case ran. `error`: the run could not begin or not put the tenant back, or met an internal error.
     * @enum {unknown}
     */
    result: "passed" | "failed" | "interrupted" | "nothing proven" | "error";
    /** @description In the order in which they came: one for each case and target that was tried or told why not. */
    results: ReportResult[];
    /** @description The rules that the cases are about, by code. */
    rules: {
        [key: string]: Rule;
    };
    /** @description Which part of the cases ran, as in `1/3`. */
    shard?: string;
    /** @description ISO 8601, in UTC. */
    startedAt: string;
    /** @description Each is a column of the page. */
    targets: ReportTarget[];
    /**
     * @description Of this format.
     * @constant
     */
    version: 1;
}
export interface ReportCase {
    /** @description The first release that it no longer holds for. */
    before?: string;
    /** @description A recording, a sentence of the recordings' README, or an official guard. */
    evidence?: {
        guard?: string;
        readme?: string;
        recording?: string;
    };
    /** @description The file of `contracts/cases/` that it stands in. */
    group?: string;
    /** @description Unique. */
    name: string;
    /** @description A code of `rules`. `--fuzz` has none. */
    rule?: string;
    /** @description The first release of Logto that it holds for. */
    since?: string;
}
/** @description Absent when there was no response. Long texts are shortened: `xxx… (1048576 characters)`. */
export interface ReportExchange {
    /** @description What was stored afterwards, for the token types that were read back; `null` for none. */
    after: {
        [key: string]: Json;
    };
    /** @description The request as a command. */
    curl: string;
    /** @description In what the exchange is not what the contract says. */
    findings: ReportFinding[];
    /** @description The customizers that there were before, by token type. */
    given: {
        [key: string]: Json;
    };
    /** @description As it was sent, credentials as the shell variables that `curl` uses. */
    request: {
        /** @description JSON, the fields of a form, or text that is neither. */
        body?: Json;
        headers: ReportHeaders;
        method: string;
        path: string;
    };
    response: {
        /** @description JSON, or the text when it is none. */
        body: Json;
        headers: ReportHeaders;
        status: number;
    };
}
/** @description `expected` or `found` is absent when nothing was expected or found there. Both are absent when `message` says it all. */
export interface ReportFinding {
    /** @description What was checked: status, content type, header, schema, code, issues, body, example, stored. */
    check: string;
    expected?: Json;
    found?: Json;
    message: string;
    /**
     * @description What `pointer` points into. `stored`: what was stored for `tokenType`.
     * @enum {unknown}
     */
    part?: "status" | "headers" | "body" | "stored";
    /** @description JSON Pointer. */
    pointer?: string;
    tokenType?: string;
}
/** @description By name in lower case. */
export interface ReportHeaders {
    [key: string]: string;
}
export interface ReportResult {
    /** @description The name of a case. */
    case: string;
    /** @description What a failed case said. */
    error?: string;
    exchange?: ReportExchange;
    /** @description With what had to be brought about before and read back after. */
    milliseconds?: number;
    /** @description What else to read, for example that another status counts as the refusal, or the counts of `--fuzz`. */
    note?: string;
    /** @description Why it is not applicable. */
    reason?: string;
    /** @enum {unknown} */
    state: "passed" | "failed" | "not applicable";
    /** @description The name of a target. */
    target: string;
}
export interface ReportTarget {
    /** @description Of a tenant: its host, with a port unless it is the usual one. */
    host?: string;
    /** @description `prism`, `mock`, `recordings 1.42` or `tenant`. */
    name: string;
    /** @description The release of Logto, as far as it can be told; for people. */
    release?: string;
}
export interface Rule {
    /** @description What tenants do. */
    does: string;
    /** @description Names of recordings, or sentences of their README after `README: `. */
    evidence: string[];
    title: string;
}
