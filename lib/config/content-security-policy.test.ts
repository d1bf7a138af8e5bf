import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const options = { nonce: 'n1', lakeOrigins: ['http://127.0.0.1:4566'], isDevelopment: false };

test('lets the browser send bytes to the lake and to nobody else', () => {
  expect(contentSecurityPolicy(options)).toContain("connect-src 'self' http://127.0.0.1:4566;");
});

test('a frame shows what the lake gives, a PDF, and nothing of anybody else', () => {
  expect(contentSecurityPolicy(options)).toContain('frame-src http://127.0.0.1:4566;');
});

test('runs only scripts with this response’s nonce, and nothing is evaluated in production', () => {
  const policy = contentSecurityPolicy(options);
  expect(policy).toContain("script-src 'self' 'nonce-n1' 'strict-dynamic';");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toContain("frame-ancestors 'none'");
});
