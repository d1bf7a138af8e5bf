import 'server-only';

export { checkReading } from './check-reading';
export { answerDocument, defineEndpoint } from './define-endpoint';
export { endpointDocs } from './endpoint-docs';
export { jsonAnswer } from './json-answer';
export { readQuery } from './read-query';
export { readJson, readPath } from './read-request';
export { resultType } from './result-type';
export { answerSaved } from './saved/answer-saved';
export { callerParameters, getEndpoint, listEndpoints, savedPath } from './saved/saved-endpoint';
export { streamResults } from './stream-results';
