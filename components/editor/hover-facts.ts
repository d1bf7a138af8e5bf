import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { cursorContext } from '@/lib/languages/trino-sql/editing/cursor-context.ts';
import type { QueryScope } from '@/lib/languages/trino-sql/editing/query-scope.ts';
import { TRINO_FUNCTIONS } from '@/lib/languages/trino-sql/functions/trino-functions.ts';
import type { EditorKnowledge } from './completion-source';
import type { CatalogColumn, EditorCatalog } from './editor-catalog';
import { columnCard, functionCard, tableCard } from './fact-card';
import { findRelation, relationColumns } from './scope-columns';
import { statementAround } from './statement-around';

/** Says of a function what it gives, of a table what it holds, of a column its type. */
export function hoverFacts({ catalog, words }: EditorKnowledge): Extension {
  return hoverTooltip(async ({ state }, position) => {
    const word = state.wordAt(position);
    if (!word) return null;
    const name = state.sliceDoc(word.from, word.to).toLowerCase();
    const dom = await factOf(name, state.sliceDoc(word.to, word.to + 1) === '(', () => {
      const statement = statementAround(state, word.from);
      return cursorContext(statement.sql, word.to - statement.from);
    });
    return dom ? { pos: word.from, end: word.to, above: true, create: () => ({ dom }) } : null;
  });

  async function factOf(name: string, isCalled: boolean, read: () => ReturnType<typeof cursorContext>) {
    const described = isCalled ? TRINO_FUNCTIONS.get(name) : undefined;
    if (described) return functionCard(described, words());
    const context = read();
    if (!context) return undefined;
    const [first] = context.path;
    if (context.expected === 'relation') {
      const table = catalog().find(first ?? catalog().database, name);
      return table ? tableCard(table, words()) : undefined;
    }
    const column = await findColumn(context.scope, first, name, catalog());
    if (column) return columnCard(column);
    const relation = findRelation(context.scope, name)?.table;
    const table = relation && catalog().find(relation.database ?? catalog().database, relation.table);
    return table ? tableCard(table, words()) : undefined;
  }
}

async function findColumn(
  scope: QueryScope | undefined,
  relation: string | undefined,
  name: string,
  catalog: EditorCatalog,
): Promise<CatalogColumn | undefined> {
  if (!scope) return undefined;
  const read = scope.relations.filter((each) => relation === undefined || each.name === relation);
  const lists = await Promise.all(read.map((each) => relationColumns(each, catalog)));
  return lists.flat().find((column) => column.name === name) ?? findColumn(scope.parent, relation, name, catalog);
}
