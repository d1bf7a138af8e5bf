import type { ProblemCode } from './problem';

/** What next-auth logs about the conversation with a provider: `{ error }` or the error itself. */
export function failureOf(logged: unknown): { code: ProblemCode; said: string } {
  const error = logged instanceof Error ? logged : (logged as { error?: unknown } | undefined)?.error;
  const message = error instanceof Error ? error.message : '';
  const cause = error instanceof Error && 'code' in error ? String(error.code) : '';
  const code = RULES.find(([, pattern]) => pattern.test(message) || pattern.test(cause))?.[0] ?? 'answer';
  // Past the first comma openid-client repeats what it was sent, the state among it.
  return { code, said: message.split(',')[0]?.slice(0, 200) ?? '' };
}

/**
 * OAuth's own codes (RFC 6749, 4.1.2.1 and 5.2) and the sentences of openid-client 5 and next-auth 4, which give none.
 * The first that fits counts.
 */
const RULES: readonly (readonly [ProblemCode, RegExp])[] = [
  ['denied', /^(access_denied|consent_required|interaction_required|login_required)\b/],
  ['clientRefused', /^(invalid_client|unauthorized_client|invalid_scope|redirect_uri_mismatch)\b/],
  ['expired', /cookie was missing|"exp" claim|^invalid_grant\b|could not be parsed|value is missing/i],
  ['wrongState', /state mismatch|state missing|checks\.state|nonce mismatch/i],
  [
    'clock',
    /id_token (expired|issued in the future|not active yet)|JWT (expired|not active yet|issued in the future)|too much time has elapsed/i,
  ],
  [
    'providerDown',
    /^(server_error|temporarily_unavailable)\b|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|timed out|CERT|expected 200 OK, got: 5/,
  ],
];
