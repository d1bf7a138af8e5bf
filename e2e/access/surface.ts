/** Everything that a request can reach, read off the file system and the build, so that nothing is left out. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface Action {
  /** `access/actions.ts createPerson` */
  name: string;
  id: string;
  /** Of a page that may call it. */
  page: string;
}

/** `/datasets/[name]/runs`, for each page. */
export function listPages(): string[] {
  return globSync('app/**/page.tsx', { cwd: root }).map(addressOf).sort();
}

/** `GET /api/runs/[id]`, for each method of each route. */
export function listRoutes(): string[] {
  return globSync('app/**/route.ts', { cwd: root })
    .flatMap((file) =>
      methodsOf(readFileSync(path.join(root, file), 'utf8')).map((method) => `${method} ${addressOf(file)}`),
    )
    .sort();
}

/** Each server action of the last build. One that no page calls is not there: it cannot be called. */
export function listActions(): Action[] {
  const file = path.join(root, '.next/server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as {
    node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
  };
  return Object.entries(node).map(([id, { workers, filename, exportedName }]) => ({
    name: `${filename.replace(/^app\/|\([^)]*\)\//g, '')} ${exportedName}`,
    id,
    page: addressOf(`${Object.keys(workers)[0]}.tsx`),
  }));
}

/** The address of a page's or a route's file: groups such as `(console)` are no part of it. */
function addressOf(file: string): string {
  const folders = path.dirname(file).split('/').slice(1);
  return `/${folders.filter((folder) => !folder.startsWith('(')).join('/')}`;
}

const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';

function methodsOf(source: string): string[] {
  const declared = source.matchAll(new RegExp(`export (?:const|async function|function) (${METHODS})\\b`, 'g'));
  const named = source.matchAll(new RegExp(`(?:as |[{,] )(${METHODS})\\b(?=[^;]*} *;)`, 'g'));
  return [...new Set([...declared, ...named].map(([, method]) => method ?? ''))];
}
