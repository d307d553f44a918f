/** The property-based pass: random sequences of requests, held to the model of a tenant. */
export { type FuzzPlan, type FuzzReport, fuzzName, fuzzTarget } from './target.ts';
