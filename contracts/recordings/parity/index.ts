export { aspects } from './exchanges.ts';
export {
  exchangeSurprises,
  parityPage,
  replayExchanges,
  replayScriptsByMock,
  scriptSurprises,
} from './report.ts';
