/** What is judged by the document: requests before they are sent, answers, and what a write has brought about. */
export { checkAnswer } from './answer.ts';
export {
  bodyOf,
  customizerIssues,
  type FindIssues,
  onlyDropped,
  type RequestBody,
  testRequestIssues,
  unknownTokenType,
} from './request.ts';
export { type Write, write } from './write.ts';
