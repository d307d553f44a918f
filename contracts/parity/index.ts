export { aspects } from './exchanges.ts';
export {
  exchangeSurprises,
  parityPage,
  replayAllScripts,
  replayExchanges,
  scriptSurprises,
} from './report.ts';
