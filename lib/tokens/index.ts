import 'server-only';

export { createToken } from './create-token';
export { listTokens } from './list-tokens';
export { revokeToken } from './revoke-token';
export { tokenContext } from './token-context';
