import 'server-only';

export { createToken } from './create-token';
export { listTokens } from './list-tokens';
export { revokeToken } from './revoke-token';
export { type TokenHolder, tokenHolder } from './token-holder';
