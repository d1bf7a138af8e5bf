import { describe, expect, it } from 'vitest';
import { findRefusal, knownHosts } from './request-guard';

const hosts = knownHosts({ NEXTAUTH_URL: 'https://console.example', LACUSTRE_HOSTS: ['lake.example:8443'] });

function refusal(method: string, path: string, headers: Record<string, string>) {
  const sent: Record<string, string> = { host: 'console.example', ...headers };
  return findRefusal({ method, path, header: (name) => sent[name] ?? null }, hosts);
}

describe('the name that a request is for', () => {
  it.each([
    'console.example',
    'CONSOLE.example',
    'console.example:443',
    'lake.example:8443',
    'localhost:3000',
    '[::1]:1',
  ])('%s is the console’s', (host) => expect(refusal('GET', '/', { host })).toBeUndefined());
  it.each([
    'evil.example',
    'console.example.evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    '10.0.0.1',
    '',
  ])('%s is not', (host) => expect(refusal('GET', '/', { host })).toBe('unknownHost'));
  it('is not another one that a proxy is said to have been asked for', () => {
    expect(refusal('GET', '/', { 'x-forwarded-host': 'evil.example' })).toBe('unknownHost');
    expect(refusal('GET', '/', { 'x-forwarded-host': 'lake.example:8443' })).toBeUndefined();
  });
  it('does not matter to who asks whether the console is well', () => {
    expect(refusal('GET', '/api/health', { host: '10.0.0.7:3000' })).toBeUndefined();
  });
});

describe.each(['/files', '/api/files/delete', '/api/auth/signout'])('a change by %s', (path) => {
  it.each([
    ['our own page', { origin: 'https://console.example', 'sec-fetch-site': 'same-origin' }],
    ['a browser that tells no site', { origin: 'https://console.example' }],
    ['a port that is the scheme’s own', { origin: 'https://console.example', host: 'console.example:443' }],
    ['a browser that tells no origin', { 'sec-fetch-site': 'same-origin' }],
  ])('from %s is let through', (_, headers) => expect(refusal('POST', path, headers)).toBeUndefined());

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the origin null', { origin: 'null' }],
    ['the origin null and a site of its own', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['nowhere', {}],
    ['another port', { origin: 'https://console.example:8443' }],
    ['a host that only begins so', { origin: 'https://console.example.evil.example' }],
    ['a scheme of an extension', { origin: 'chrome-extension://console.example' }],
    ['nonsense', { origin: 'console.example' }],
    ['a foreign site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { origin: 'https://console.example', 'sec-fetch-site': 'same-site' }],
    ['a foreign site that forges its origin', { origin: 'https://console.example', 'sec-fetch-site': 'cross-site' }],
  ])('from %s is refused', (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      expect(refusal(method, path, headers)).toBe('foreignSite');
    }
  });
});

describe('a read', () => {
  const foreign = { 'sec-fetch-site': 'cross-site' };
  it('of a route by another site’s script or image is refused; a link to it is not', () => {
    expect(refusal('GET', '/api/files', { ...foreign, 'sec-fetch-mode': 'no-cors' })).toBe('foreignSite');
    expect(refusal('GET', '/api/files', { ...foreign, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(
      'foreignSite',
    );
    const link = { ...foreign, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(refusal('GET', '/api/files/download', link)).toBeUndefined();
    expect(refusal('GET', '/datasets', link)).toBeUndefined();
  });
  it('of the data API is decided there', () => {
    expect(refusal('GET', '/query', foreign)).toBeUndefined();
    expect(refusal('POST', '/api/v1/queries', {})).toBeUndefined();
  });
});
