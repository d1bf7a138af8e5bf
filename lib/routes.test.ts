import { globSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { routes, safeCallback } from './routes';

test('names in addresses are escaped', () => {
  expect(routes.run('a/b c')).toBe('/runs/a%2Fb%20c');
  expect(routes.files({ zone: 'raw', prefix: 'sales/été' })).toBe('/files?zone=raw&prefix=sales%2F%C3%A9t%C3%A9');
  expect(routes.files()).toBe('/files');
  expect(routes.compareVersions({ zone: 'raw', key: 'a/b', from: '1', to: '2', by: ['x', 'y&z'] })).toBe(
    '/files/compare?zone=raw&key=a%2Fb&from=1&to=2&by=x&by=y%26z',
  );
});

test.each([
  ['/runs/1?x=2', '/runs/1?x=2'],
  [undefined, '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/files?zone=raw&prefix=a//b#x', '/files?zone=raw&prefix=a//b#x'],
  ['/a/../runs', '/runs'],
  ['/\t/evil.example', '/'],
  ['/\n//evil.example', '/'],
  ['/\r\\evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['/%2e//evil.example', '/'],
  ['///evil.example', '/'],
  ['/\\/evil.example', '/'],
  ['\\\\evil.example', '/'],
  [' //evil.example', '/'],
  ['@evil.example', '/'],
  ['http:evil.example', '/'],
  ['data:text/html,x', '/'],
  ['', '/'],
  ['/runs/a%2Fb#top', '/runs/a%2Fb#top'],
])('after sign-in, %s leads to %s', (asked, target) => {
  expect(safeCallback(asked)).toBe(target);
});

test('no page hides a thing that has its name: beside what people name there is no address of our own', () => {
  const pages = globSync('app/**/{page.tsx,route.ts}').map((file) => path.dirname(file).replaceAll(/\/\([^)]+\)/g, ''));
  const named = new Set(pages.flatMap((page) => /^(.*)\/\[(?:name|table)\]/.exec(page)?.[1] ?? []));
  const beside = pages.filter((page) =>
    [...named].some((folder) => page.startsWith(`${folder}/`) && !page.startsWith(`${folder}/[`)),
  );
  expect([...named]).toContain('app/datasets');
  expect(beside).toEqual([]);
});
