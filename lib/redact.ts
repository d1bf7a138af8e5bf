/**
 * Takes secrets out of what is kept or logged. Pure; the last thing before a record or a line is written, so that no verb has
 * to think of it.
 */
const REDACTED = '[redacted]';

/** Ends of names, in lower case and letters alone: `newPassword`, `x-amz-security-token`; `tokenId` is no secret. */
const SECRET_NAMES =
  /(password|passwd|passphrase|passwordhash|secret|token|authorization|signature|cookie|credentials?|apikey|accesskey|privatekey|sessionkey|secretaccesskey)$/;
/** Tokens of a page of a listing are no keys, and help whoever reads a log. */
const HARMLESS_NAMES = /^(nexttoken|continuationtoken|clientrequesttoken)$/;

const PATTERNS: readonly [RegExp, string][] = [
  // https://user:password@host
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']+):[^\s/@"']+@/gi, `$1:${REDACTED}@`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g, `$1 ${REDACTED}`],
  [/\b(Signature|X-Amz-Signature|X-Amz-Security-Token)=[A-Za-z0-9%/+=_-]+/gi, `$1=${REDACTED}`],
  // Keys of our own data API, and JSON web tokens.
  [/\blacustre_[A-Za-z0-9_-]{20,}/g, REDACTED],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){1,3}/g, REDACTED],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  // `password=…`, `"secret": "…"` inside of a text.
  [/\b((?:\w*password|\w*secret|secretaccesskey|client_secret)["']?\s*[:=]\s*["']?)[^\s"'&,;})]+/gi, `$1${REDACTED}`],
];

export function isSecretName(name: string): boolean {
  const bare = name.toLowerCase().replace(/[^a-z]/g, '');
  return SECRET_NAMES.test(bare) && !HARMLESS_NAMES.test(bare);
}

export function redactText(text: string): string {
  const clean = text.replace(ADDRESS, withoutSecrets);
  return PATTERNS.reduce((so, [pattern, replacement]) => so.replace(pattern, replacement), clean);
}

const ADDRESS = /https?:\/\/[^\s"'<>]+/gi;
const SECRET_PARAMETER =
  /[?&](x-amz-signature|x-amz-credential|x-amz-security-token|awsaccesskeyid|signature|token|code)=/i;

/** A presigned address is a key to what it names: it loses its query. */
function withoutSecrets(address: string): string {
  const at = address.indexOf('?');
  return at > 0 && SECRET_PARAMETER.test(address) ? `${address.slice(0, at)}?${REDACTED}` : address;
}

/** A replacer for `JSON.stringify`. */
export function redactMember(name: string, value: unknown): unknown {
  if (value !== null && value !== undefined && typeof value !== 'boolean' && isSecretName(name)) return REDACTED;
  return typeof value === 'string' ? redactText(value) : value;
}
