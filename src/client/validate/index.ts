/** What is loaded when it is first used: validation against the document, and writes, which rest on it. */
export { executeWrite } from '../call/write.ts';
export { shown } from '../shown.ts';
export {
  customizerIssues,
  findDropped,
  readIfUnchanged,
  testRequestIssues,
  unknownTokenType,
  validateRequest,
  validateResponse,
} from './validate.ts';
