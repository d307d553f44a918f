export { aspects } from './exchanges.ts';
export { parityPage, replayAllScripts, replayExchanges, surprises } from './report.ts';
