import { afterEach, expect, test, vi } from 'vitest';
import { log } from './log';
import { isSecretName, redactText } from './redact';

test.each([
  'password',
  'newPassword',
  'passwordHash',
  'client_secret',
  'SecretAccessKey',
  'aws_secret_access_key',
  'token',
  'accessToken',
  'x-amz-security-token',
  'X-Amz-Signature',
  'Authorization',
  'set-cookie',
  'apiKey',
  'private_key',
])('%s names a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  'tokenId',
  'nextToken',
  'accessKeyId',
  'sessionVersion',
  'key',
  'tokens',
  'permission',
  'passwordChangedAt',
])('%s names none', (name) => expect(isSecretName(name)).toBe(false));

test.each([
  [
    'GET https://b.s3.eu-west-3.amazonaws.com/a%20b.csv?X-Amz-Date=1&X-Amz-Signature=abc123&x=y failed',
    'GET https://b.s3.eu-west-3.amazonaws.com/a%20b.csv?[redacted] failed',
  ],
  ['http://127.0.0.1:4566/b/k?partNumber=1&X-Amz-Credential=AKIA%2F1', 'http://127.0.0.1:4566/b/k?[redacted]'],
  ['https://idp.example/cb?code=4/abcdef&state=1', 'https://idp.example/cb?[redacted]'],
  ['https://example.com/?page=2', 'https://example.com/?page=2'],
  ['postgresql://lacustre:hunter2@db:5432/x', 'postgresql://lacustre:[redacted]@db:5432/x'],
  ['authorization: Bearer abc.def-ghi_jkl', 'authorization: Bearer [redacted]'],
  [
    'AWS4-HMAC-SHA256 Credential=AKIA/20261126/x, SignedHeaders=host, Signature=0123abcd',
    'AWS4-HMAC-SHA256 Credential=AKIA/20261126/x, SignedHeaders=host, Signature=[redacted]',
  ],
  [`the token lacustre_${'a'.repeat(43)} was`, 'the token [redacted] was'],
  ['cookie eyJhbGciOiJkaXIi.eyJzdWIiOiIx.c2lnbmF0dXJl', 'cookie [redacted]'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[redacted]'],
  ['{"password":"hunter2","a":1}', '{"password":"[redacted]","a":1}'],
  ['client_secret=hunter2&grant_type=x', 'client_secret=[redacted]&grant_type=x'],
  ['SELECT * FROM sales WHERE token_count > 3', 'SELECT * FROM sales WHERE token_count > 3'],
  ['s3://raw/passwords/2026.csv', 's3://raw/passwords/2026.csv'],
])('%s', (text, clean) => expect(redactText(text)).toBe(clean));

test('what was written to make it slow takes it no time: a pattern that goes back would take hours', () => {
  const parts = [
    'http://a?',
    'a:',
    'a.',
    'eyJ',
    'y://',
    'secret',
    'password ',
    'Bearer ',
    '-----BEGIN PRIVATE KEY-----',
  ];
  for (const part of parts) expect(redactText(part.repeat(200_000)).length).toBeGreaterThan(0);
});

afterEach(() => vi.restoreAllMocks());

test('no line of the log has a secret in it, however deep', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const cause = new Error('GET https://b/k?X-Amz-Signature=abcdef0 by Bearer abcdefghijkl');
  log.error('failed', {
    cause: new Error('outer', { cause }),
    headers: { authorization: 'abcdef0' },
    nested: [{ password: 'abcdef0' }],
  });
  expect(lines.join('')).toContain('https://b/k?[redacted]');
  expect(lines.join('')).not.toMatch(/abcdef0|abcdefghijkl/);
});
