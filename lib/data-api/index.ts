import 'server-only';

export { checkReading } from './check-reading';
export { defineEndpoint } from './define-endpoint';
export { jsonRow, keyNames } from './json-rows';
export { openApiDocument } from './open-api';
export { readQuery } from './read-query';
export { resultType, streamResults } from './stream-results';
