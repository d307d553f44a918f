/* Made by `npm run regenerate` from spec/report.schema.json. Do not edit. */
/** @description Any value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/**
 * Report of the contract suite
 * @description What `logto-jwt-customizer contract --report json` writes. New fields can appear without a new version, so ignore fields that you do not know. See docs/report.md.
 */
export interface Report {
    cases: ReportCase[];
    /** @description The version of the OpenAPI document that the targets were compared with. */
    document: string;
    /** @description How long the run took. */
    milliseconds: number;
    /** @description The version of the package that ran. */
    package: string;
    /** @description The reason for the result, if no case explains it. */
    reason?: string;
    /**
     * @description `nothing proven`: the tenant only refused the credentials, or no case ran. `error`: the run could not begin, could not restore the tenant, or hit an internal error.
     * @enum {unknown}
     */
    result: "passed" | "failed" | "interrupted" | "nothing proven" | "error";
    /** @description One for each case and target, in the order of execution. A target that did not run a case has a reason. */
    results: ReportResult[];
    /** @description The rules that the cases check, by code. */
    rules: {
        [key: string]: Rule;
    };
    /** @description The part of the cases that ran, for example `1/3`. */
    shard?: string;
    /** @description ISO 8601, in UTC. */
    startedAt: string;
    /** @description Each is a column of the page. */
    targets: ReportTarget[];
    /**
     * @description The version of this format.
     * @constant
     */
    version: 1;
}
export interface ReportCase {
    /** @description The first release that the case no longer applies to. */
    before?: string;
    /** @description A recording, a sentence of the recordings' README, or an official guard. */
    evidence?: {
        guard?: string;
        readme?: string;
        recording?: string;
    };
    /** @description The file in `contracts/cases/` that contains the case. */
    group?: string;
    /** @description The unique name. */
    name: string;
    /** @description A code in `rules`. Absent for `--fuzz`. */
    rule?: string;
    /** @description The first release of Logto that the case applies to. */
    since?: string;
}
/** @description Absent if there was no response. Long strings are shortened: `xxx… (1048576 characters)`. */
export interface ReportExchange {
    /** @description The stored customizers afterwards, for the token types that were read back; `null` if there is none. */
    after: {
        [key: string]: Json;
    };
    /** @description The request as a curl command. */
    curl: string;
    /** @description The differences between the exchange and the contract. */
    findings: ReportFinding[];
    /** @description The customizers that existed before, by token type. */
    given: {
        [key: string]: Json;
    };
    /** @description The request as sent, with credentials replaced by the shell variables that `curl` uses. */
    request: {
        /** @description JSON, the fields of a form, or a string. */
        body?: Json;
        headers: ReportHeaders;
        method: string;
        path: string;
    };
    response: {
        /** @description JSON, or a string if the body is not JSON. */
        body: Json;
        headers: ReportHeaders;
        status: number;
    };
}
/** @description `expected` or `found` is absent if nothing was expected or found there. Both are absent if `message` contains everything. */
export interface ReportFinding {
    /** @description The kind of check: status, content type, header, schema, code, issues, body, example, stored. */
    check: string;
    expected?: Json;
    found?: Json;
    message: string;
    /**
     * @description The part that `pointer` refers to. `stored`: the stored customizer of `tokenType`.
     * @enum {unknown}
     */
    part?: "status" | "headers" | "body" | "stored";
    /** @description JSON Pointer. */
    pointer?: string;
    tokenType?: string;
}
/** @description The headers, by lower-case name. */
export interface ReportHeaders {
    [key: string]: string;
}
export interface ReportResult {
    /** @description The name of a case. */
    case: string;
    /** @description The error message of a failed case. */
    error?: string;
    exchange?: ReportExchange;
    /** @description The duration, including preparation and reading back. */
    milliseconds?: number;
    /** @description Additional information, for example that another status counts as a refusal, or the counts of `--fuzz`. */
    note?: string;
    /** @description Why the case is not applicable. */
    reason?: string;
    /** @enum {unknown} */
    state: "passed" | "failed" | "not applicable";
    /** @description The name of a target. */
    target: string;
}
export interface ReportTarget {
    /** @description The host of a tenant, with a port unless it is the default. */
    host?: string;
    /** @description `prism`, `mock`, `recordings 1.42` or `tenant`. */
    name: string;
    /** @description The release of Logto, if known; for display. */
    release?: string;
}
export interface Rule {
    /** @description What tenants do. */
    does: string;
    /** @description Names of recordings, or sentences from their README with the prefix `README: `. */
    evidence: string[];
    title: string;
}
