import 'server-only';

export { checkReading } from './check-reading';
export { defineEndpoint } from './define-endpoint';
export { jsonAnswer } from './json-answer';
export { openApiDocument } from './open-api';
export { readQuery } from './read-query';
export { resultType } from './result-type';
export { streamResults } from './stream-results';
