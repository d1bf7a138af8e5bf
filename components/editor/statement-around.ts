import type { EditorState } from '@codemirror/state';
import { type Statement, statementsIn } from '@/lib/query/statement-at';

const kept = new WeakMap<object, Statement[]>();

/** The statements of the editor; several ask for them at every change, and a text is split once. */
function statementsOf(state: EditorState): Statement[] {
  const known = kept.get(state.doc);
  if (known) return known;
  const statements = statementsIn(state.doc.toString());
  kept.set(state.doc, statements);
  return statements;
}

/**
 * The statement that is written at an offset, with the blanks around it up to its neighbours, and where it begins: what
 * comes next is asked for behind its last word, too.
 */
export function statementAround(state: EditorState, offset: number): { sql: string; from: number } {
  const statements = statementsOf(state);
  const before = statements.findLast(({ to }) => to < offset && state.sliceDoc(to, offset).includes(';'));
  const after = statements.find(({ from }) => from > offset && state.sliceDoc(offset, from).includes(';'));
  const from = before ? before.to + state.sliceDoc(before.to, offset).lastIndexOf(';') + 1 : 0;
  const to = after ? offset + state.sliceDoc(offset, after.from).indexOf(';') : state.doc.length;
  return { sql: state.sliceDoc(from, to), from };
}
