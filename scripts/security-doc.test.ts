/** docs/security.md promises: every requirement of its levels has a row, and what a row names is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they are numbered from 1. */
const SECTIONS: Record<string, number> = {
  '1.1': 2,
  '1.2': 9,
  '1.3': 11,
  '1.4': 3,
  '1.5': 2,
  '2.1': 3,
  '2.2': 3,
  '2.3': 4,
  '2.4': 1,
  '3.2': 2,
  '3.3': 4,
  '3.4': 6,
  '3.5': 5,
  '3.7': 2,
  '4.1': 3,
  '4.2': 1,
  '4.3': 2,
  '4.4': 4,
  '5.1': 1,
  '5.2': 3,
  '5.3': 2,
  '5.4': 3,
  '6.1': 3,
  '6.2': 12,
  '6.3': 4,
  '6.4': 4,
  '6.5': 5,
  '6.6': 3,
  '6.8': 4,
  '7.1': 3,
  '7.2': 4,
  '7.3': 2,
  '7.4': 5,
  '7.5': 2,
  '7.6': 2,
  '8.1': 2,
  '8.2': 3,
  '8.3': 1,
  '8.4': 1,
  '9.1': 3,
  '9.2': 4,
  '10.1': 2,
  '10.2': 2,
  '10.3': 4,
  '10.4': 11,
  '10.5': 5,
  '10.6': 2,
  '10.7': 3,
  '11.1': 2,
  '11.2': 3,
  '11.3': 3,
  '11.4': 4,
  '11.5': 1,
  '11.6': 1,
  '12.1': 3,
  '12.2': 2,
  '12.3': 4,
  '13.1': 1,
  '13.2': 5,
  '13.3': 2,
  '13.4': 5,
  '14.1': 2,
  '14.2': 4,
  '14.3': 3,
  '15.1': 3,
  '15.2': 3,
  '15.3': 7,
  '16.1': 1,
  '16.2': 5,
  '16.3': 4,
  '16.4': 3,
  '16.5': 3,
  '17.1': 1,
  '17.2': 4,
  '17.3': 2,
};

const rows = read('docs/security.md')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it('has a row for each requirement of levels 1 and 2, in their order', () => {
  const expected = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
  );
  expect(rows.map(([, id]) => id)).toEqual(expected);
});

it('says of each whether it holds, and where or why not', () => {
  const wrong = rows.filter(([, , what, holds, where]) => {
    return !what || !where || !['yes', 'part', 'no', 'proxy', '–'].includes(holds ?? '');
  });
  expect(wrong).toEqual([]);
});

describe.each(['docs/security.md', 'docs/security.fr.md'])('%s', (file) => {
  it('names only files that are there', () => {
    const text = read(file);
    const quoted = [...text.matchAll(/`([\w./()[\]-]+)`/g)].map(([, name]) => name ?? '');
    const folders = /^(app|bench|components|docs|e2e|infra|lib|prisma|scripts)\//;
    const named = quoted.filter((name) => folders.test(name) || /^[\w-]+\.(ts|js|json|md)$/.test(name));
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => path.join('docs', link ?? ''));
    expect(named.length).toBeGreaterThan(5);
    expect([...named, ...linked].filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});
