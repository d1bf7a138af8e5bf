import type { CursorContext } from '@/lib/languages/trino-sql/editing/cursor-context.ts';
import type { QueryScope, RelationScope } from '@/lib/languages/trino-sql/editing/query-scope.ts';
import { TRINO_FUNCTIONS, type TrinoFunction } from '@/lib/languages/trino-sql/functions/trino-functions.ts';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';
import type { CatalogTable, EditorCatalog } from './editor-catalog';
import { keywordsFor, TYPES } from './keywords';
import { nameMatch } from './name-match';
import { findRelation, relationColumns } from './scope-columns';

export type SuggestionKind = 'column' | 'relation' | 'table' | 'database' | 'function' | 'type' | 'keyword';

export interface Suggestion {
  kind: SuggestionKind;
  /** As it is listed; and written, where `text` is left out. */
  label: string;
  text?: string;
  /** A type, a database, a signature. */
  detail?: string;
  table?: CatalogTable;
  comment?: string;
  function?: TrinoFunction;
}

/** A list is read, not scrolled: what comes behind these is found by typing on. */
const MOST = 100;

type Score = Partial<Record<SuggestionKind, number>>;

/** What is likelier at a place comes first, whatever its name; a better name comes first among its like. */
const RANKS: Record<string, Score> = {
  relation: { relation: 60, table: 50, database: 20, keyword: 0 },
  expression: { column: 60, relation: 30, function: 20, keyword: 10 },
  continuation: { keyword: 50 },
};

/** What may be written at the cursor, the likeliest first. */
export async function completions(context: CursorContext, catalog: EditorCatalog): Promise<Suggestion[]> {
  const typed = context.prefix.toLowerCase();
  return best(await candidates(context, catalog, typed), typed, RANKS[context.expected] ?? {});
}

async function candidates(context: CursorContext, catalog: EditorCatalog, typed: string): Promise<Suggestion[]> {
  const { expected, path, scope } = context;
  if (path.length > 0) return afterDot(context, catalog, typed);
  switch (expected) {
    case 'name':
      return [];
    case 'type':
      return TYPES.map((label) => ({ kind: 'type', label }));
    case 'relation':
      return [...namedQueries(scope), ...tables(catalog, typed), ...databases(catalog), ...keywordsFor('relation')];
    case 'expression':
      return [
        ...(await columns(scope, catalog)),
        ...relations(scope),
        ...functions(typed),
        ...keywordsFor('expression'),
      ];
    default:
      return keywordsFor(expected, context.clause);
  }
}

async function afterDot({ path, scope, expected }: CursorContext, catalog: EditorCatalog, typed: string) {
  const [first = '', second] = path;
  if (expected !== 'relation') {
    const relation = path.length === 1 ? findRelation(scope, first) : findQualified(scope, first, second);
    if (relation) return columnsOf(relation, catalog);
  }
  // `SELECT * FROM retail.` and, before there is a FROM, `SELECT retail.`
  return path.length === 1 && catalog.databases.includes(first)
    ? matching(catalog, typed, (table) => table.database === first).map((table) => tableSuggestion(table))
    : [];
}

function findQualified(scope: QueryScope, database: string, table: string | undefined): RelationScope | undefined {
  const relation = table === undefined ? undefined : findRelation(scope, table);
  return relation?.table?.database === database ? relation : undefined;
}

async function columnsOf(relation: RelationScope, catalog: EditorCatalog): Promise<Suggestion[]> {
  const list = await relationColumns(relation, catalog);
  return list.map(({ name, type, comment }) => ({
    kind: 'column',
    label: name,
    ...(type ? { detail: type } : {}),
    ...(comment ? { comment } : {}),
  }));
}

/** Columns of the query's own tables; a name that two of them have is written with the table's. */
async function columns(scope: QueryScope, catalog: EditorCatalog): Promise<Suggestion[]> {
  const lists = await Promise.all(
    scope.relations.map(async (relation) => ({ relation, list: await columnsOf(relation, catalog) })),
  );
  const counts = new Map<string, number>();
  for (const { label } of lists.flatMap(({ list }) => list)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const own = lists.flatMap(({ relation, list }) =>
    list.map((column) => {
      const isShared = (counts.get(column.label) ?? 0) > 1 && relation.name !== '';
      if (!isShared) return column;
      const text = `${quoteName(relation.name)}.${quoteName(column.label)}`;
      return { ...column, label: `${relation.name}.${column.label}`, text };
    }),
  );
  return scope.parent ? [...own, ...(await outerColumns(scope, own, catalog))] : own;
}

/** A query in a query sees what is around it, behind what is its own. */
async function outerColumns(scope: QueryScope, own: readonly Suggestion[], catalog: EditorCatalog) {
  const names = new Set(own.map(({ label }) => label));
  const outer = scope.parent ? await columns(scope.parent, catalog) : [];
  return outer.filter(({ label }) => !names.has(label));
}

function relations(scope: QueryScope): Suggestion[] {
  const names = scope.relations.flatMap(({ name }) => (name ? [name] : []));
  return [...new Set(names)].map((label) => ({ kind: 'relation', label }));
}

function namedQueries(scope: QueryScope | undefined): Suggestion[] {
  if (!scope) return [];
  const own = [...scope.named.keys()].map((label): Suggestion => ({ kind: 'relation', label, detail: 'WITH' }));
  return [...own, ...namedQueries(scope.parent)];
}

function tables(catalog: EditorCatalog, typed: string): Suggestion[] {
  return matching(catalog, typed, () => true).map((table) =>
    table.database === catalog.database ? tableSuggestion(table) : qualifiedSuggestion(table),
  );
}

/** Ten thousand names are looked through at every letter: nothing is made of those that do not match. */
function matching(
  { tables }: EditorCatalog,
  typed: string,
  isWanted: (table: CatalogTable) => boolean,
): CatalogTable[] {
  const byScore = new Map<number, CatalogTable[]>();
  for (const table of tables) {
    const score = nameMatch(table.name, typed);
    if (score === 0 || !isWanted(table)) continue;
    const equals = byScore.get(score);
    if (!equals) byScore.set(score, [table]);
    else if (equals.length < MOST) equals.push(table);
  }
  return [...byScore.entries()]
    .sort(([a], [b]) => b - a)
    .flatMap(([, list]) => list)
    .slice(0, MOST);
}

function tableSuggestion(table: CatalogTable): Suggestion {
  return { kind: 'table', label: table.name, table };
}

function qualifiedSuggestion(table: CatalogTable): Suggestion {
  const text = `${quoteName(table.database)}.${quoteName(table.name)}`;
  return { kind: 'table', label: table.name, detail: table.database, text, table };
}

function databases(catalog: EditorCatalog): Suggestion[] {
  return catalog.databases.map((label) => ({ kind: 'database', label }));
}

const CALLS: readonly Suggestion[] = [...TRINO_FUNCTIONS.values()]
  .sort((a, b) => a.name.localeCompare(b.name))
  .map((described) => ({
    kind: 'function',
    label: described.name,
    detail: `(${described.parameters.join(', ')})`,
    function: described,
  }));

function functions(typed: string): Suggestion[] {
  return CALLS.filter(({ label }) => nameMatch(label, typed) > 0);
}

function best(found: readonly Suggestion[], typed: string, ranks: Score): Suggestion[] {
  const scored = found.flatMap((suggestion) => {
    const match = nameMatch(suggestion.label.toLowerCase(), typed);
    return match > 0 ? [{ suggestion, score: match + (ranks[suggestion.kind] ?? 0) }] : [];
  });
  // Stable: among equals columns keep the order of their table, tables that of the catalog.
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ suggestion }) => suggestion);
}
