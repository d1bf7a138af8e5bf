/**
 * Verifies AWS Signature Version 4, in a header or in a presigned URL.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * By design: Signature Version 2 and 4A are refused with AWS's words for it.
 */
import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { SignatureError } from './signature-error.ts';

export interface SignedRequest {
  method: string;
  /** As it came: percent-encoded, without the query. */
  path: string;
  rawQuery: string;
  query: URLSearchParams;
  headers: Record<string, string>;
}

/** What a request claims about its signature, before anything of it is believed. */
export interface SignatureClaim {
  accessKeyId: string;
  /** `20261122/eu-west-3/s3/aws4_request`. */
  scope: string;
  day: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** `20261122T180000Z`. */
  date: string;
  presigned: boolean;
  expiresSeconds?: number;
  sessionToken?: string;
}

/** What verifies the chunks of an `aws-chunked` body that are signed one after the other. */
export interface Signing {
  key: KeyObject;
  scope: string;
  date: string;
  signature: string;
}

const CLOCK_SKEW_MS = 15 * 60 * 1000;
const PRESIGNED_SECONDS_MAX = 7 * 24 * 3600;

/** Reads the claim of a signed request; undefined when it has none. Throws what AWS answers to a malformed one. */
export function readClaim(request: SignedRequest): SignatureClaim | undefined {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) return headerClaim(authorization, request.headers);
  const { query } = request;
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Credential')) return queryClaim(query);
  if (query.has('AWSAccessKeyId')) throw new SignatureError('unsupported');
  return undefined;
}

/**
 * Checks date and signature with the key's secret. `payloadHash` is the hash in the canonical request: the header
 * `x-amz-content-sha256` where there is one, else the hash of the body.
 */
export function verifySignature(
  request: SignedRequest,
  claim: SignatureClaim,
  secret: string,
  payloadHash: string,
  now: number,
): Signing {
  checkDate(claim, now);
  if (!claim.signedHeaders.includes('host') && !claim.signedHeaders.includes(':authority')) {
    throw new SignatureError('malformed', "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const canonical = canonicalRequest(request, claim, payloadHash);
  const toSign = ['AWS4-HMAC-SHA256', claim.date, claim.scope, sha256(canonical)].join('\n');
  const key = signingKey(secret, claim);
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!isSame(claim.signature, expected)) {
    throw new SignatureError('mismatch', undefined, { canonicalRequest: canonical, stringToSign: toSign });
  }
  return { key, scope: claim.scope, date: claim.date, signature: claim.signature };
}

/** A text that was signed apart from any request, as the policy of a browser's form is. */
export interface SignedText {
  text: string;
  credential: string;
  date: string;
  signature: string;
  sessionToken?: string;
}

export function textClaim({ credential, date, signature, sessionToken }: SignedText): SignatureClaim {
  return { ...readScope(credential), signedHeaders: [], signature, date, presigned: false, sessionToken };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html */
export function verifyText({ text }: SignedText, claim: SignatureClaim, secret: string): void {
  checkDay(claim);
  const expected = createHmac('sha256', signingKey(secret, claim)).update(text).digest();
  if (!isSame(claim.signature, expected)) throw new SignatureError('mismatch', undefined, { stringToSign: text });
}

function isSame(signature: string, expected: Buffer): boolean {
  const found = Buffer.from(signature, 'hex');
  return found.length === expected.length && timingSafeEqual(found, expected);
}

const AUTHORIZATION_PART = /(Credential|Signature|SignedHeaders)=([^,\s]+)/g;

function headerClaim(authorization: string, headers: Record<string, string>): SignatureClaim {
  if (!authorization.startsWith('AWS4-HMAC-SHA256')) throw new SignatureError('unsupported');
  const parts = Object.fromEntries(
    [...authorization.matchAll(AUTHORIZATION_PART)].map(([, name, value]) => [name, value]),
  );
  const part = (name: string): string => parts[name] ?? '';
  const date = headers['x-amz-date'] ?? basicDate(headers.date);
  const missing = [
    !part('Credential') && "'Credential'",
    !part('Signature') && "'Signature'",
    !part('SignedHeaders') && "'SignedHeaders'",
    !date && "existence of either a 'X-Amz-Date' or a 'Date' header",
  ].filter(Boolean);
  if (missing.length > 0)
    throw new SignatureError('incomplete', `Authorization header requires ${missing.join(', ')} parameter.`);
  return {
    ...readScope(part('Credential')),
    signedHeaders: part('SignedHeaders').toLowerCase().split(';'),
    signature: part('Signature'),
    date,
    presigned: false,
    sessionToken: headers['x-amz-security-token'],
  };
}

function queryClaim(query: URLSearchParams): SignatureClaim {
  const value = (name: string) => query.get(name) ?? '';
  if (value('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') throw new SignatureError('unsupported');
  const names = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Expires'];
  if (names.some((name) => value(name) === '')) {
    throw new SignatureError(
      'incompleteQuery',
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const expiresSeconds = Number(value('X-Amz-Expires'));
  if (!(expiresSeconds >= 0 && expiresSeconds <= PRESIGNED_SECONDS_MAX)) {
    throw new SignatureError(
      'incompleteQuery',
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${PRESIGNED_SECONDS_MAX} seconds`,
    );
  }
  return {
    ...readScope(value('X-Amz-Credential')),
    signedHeaders: value('X-Amz-SignedHeaders').toLowerCase().split(';'),
    signature: value('X-Amz-Signature'),
    date: value('X-Amz-Date'),
    presigned: true,
    expiresSeconds,
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
  };
}

function readScope(credential: string) {
  const parts = credential.split('/');
  const [day, region, service, end] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!accessKeyId || !day || !region || !service || end !== 'aws4_request') {
    throw new SignatureError(
      'malformed',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return { accessKeyId, scope: `${day}/${region}/${service}/aws4_request`, day, region, service };
}

function checkDate(claim: SignatureClaim, now: number): void {
  const signedAt = checkDay(claim);
  if (claim.expiresSeconds !== undefined) {
    if (now > signedAt + claim.expiresSeconds * 1000) throw new SignatureError('presignedExpired');
    if (signedAt > now + CLOCK_SKEW_MS) throw new SignatureError('notYetValid');
    return;
  }
  if (Math.abs(now - signedAt) > CLOCK_SKEW_MS) {
    throw new SignatureError('skewed', undefined, { requestTime: claim.date, serverTime: toBasicDate(now) });
  }
}

/** When it was signed; the credential is of that day. */
function checkDay(claim: SignatureClaim): number {
  const signedAt = parseBasicDate(claim.date);
  if (Number.isNaN(signedAt)) {
    throw new SignatureError('malformed', `Date must be in ISO-8601 'basic format'. Got '${claim.date}'.`);
  }
  if (!claim.date.startsWith(claim.day)) {
    throw new SignatureError(
      'malformed',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.day}' != '${claim.date.slice(0, 8)}'.`,
    );
  }
  return signedAt;
}

function canonicalRequest(request: SignedRequest, claim: SignatureClaim, payloadHash: string): string {
  const headers = claim.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers[name])}\n`).join('');
  return [
    request.method,
    canonicalPath(request.path, claim.service),
    canonicalQuery(request.rawQuery),
    headers,
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalHeader(value: string | undefined): string {
  return (value ?? '').trim().replace(/\s+/g, ' ');
}

/** S3 encodes a path once; every other service encodes the encoded path again. */
function canonicalPath(path: string, service: string): string {
  // Most paths have nothing that is encoded, in neither way.
  if (PLAIN_PATH.test(path)) return path;
  const once = path
    .split('/')
    .map((segment) => encode(decode(segment)))
    .join('/');
  return service === 's3' ? once : once.split('/').map(encode).join('/');
}

function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [encodeAnew(name), encodeAnew(value)] as const;
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const keys = new Map<string, KeyObject>();
const KEYS_KEPT = 1000;

/** The day's signing key; kept, since deriving it costs four HMACs, and a key of bytes is made into this at each use. */
function signingKey(secret: string, { day, region, service }: SignatureClaim): KeyObject {
  const name = `${secret}/${day}/${region}/${service}`;
  const known = keys.get(name);
  if (known) return known;
  if (keys.size >= KEYS_KEPT) keys.clear();
  const bytes = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (previous, text) => createHmac('sha256', previous).update(text).digest(),
    Buffer.from(`AWS4${secret}`),
  );
  const key = createSecretKey(bytes);
  keys.set(name, key);
  return key;
}

export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

const PLAIN = /^[\w.~-]*$/;
const PLAIN_PATH = /^[\w.~/-]*$/;

/** One part of a query, however its sender encoded it, in the one encoding that is signed. */
function encodeAnew(text: string): string {
  return PLAIN.test(text) ? text : encode(decode(text.replace(/\+/g, ' ')));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SignatureError('badUri');
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseBasicDate(date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  return match ? Date.parse(`${match.slice(1, 4).join('-')}T${match.slice(4).join(':')}Z`) : Number.NaN;
}

function toBasicDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function basicDate(header: string | undefined): string {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? '' : toBasicDate(time);
}
