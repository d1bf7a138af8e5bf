import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { cursorContext } from '@/lib/languages/trino-sql/editing/cursor-context.ts';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';
import { completions, type Suggestion } from './completions';
import type { EditorCatalog } from './editor-catalog';
import type { EditorWords } from './editor-words';
import { factsOf } from './fact-card';
import { statementAround } from './statement-around';

export interface EditorKnowledge {
  catalog: () => EditorCatalog;
  words: () => EditorWords;
}

export function sqlCompletion(knowledge: EditorKnowledge): Extension {
  return autocompletion({
    override: [(context) => source(context, knowledge)],
    icons: true,
    // CodeMirror draws the rest when somebody moves there; every key draws these anew.
    maxRenderedOptions: 15,
    interactionDelay: 50,
  });
}

async function source(context: CompletionContext, knowledge: EditorKnowledge): Promise<CompletionResult | null> {
  const statement = statementAround(context.state, context.pos);
  const cursor = cursorContext(statement.sql, context.pos - statement.from);
  if (!cursor) return null;
  // A list that opens by itself after every blank would only be in the way; after FROM and a dot it is what is wanted.
  const isAsked = context.explicit || cursor.prefix !== '' || cursor.path.length > 0 || cursor.expected === 'relation';
  if (!isAsked) return null;
  const found = await completions(cursor, knowledge.catalog());
  if (context.aborted || isWritten(found, cursor.prefix, context.explicit)) return null;
  return {
    from: statement.from + cursor.from,
    to: statement.from + cursor.to,
    options: found.map((suggestion) => toCompletion(suggestion, cursor.isQuoted, knowledge.words())),
    // The list is ours already: in order, and of what matches.
    filter: false,
    getMatch: (option) => matchOf(option.label, cursor.prefix),
  };
}

/** The one thing that could be offered is there already: Enter would do nothing but close the list. */
function isWritten(found: readonly Suggestion[], prefix: string, isExplicit: boolean): boolean {
  return !isExplicit && found.length === 1 && found[0]?.label === prefix && found[0].kind !== 'function';
}

function toCompletion(suggestion: Suggestion, isQuoted: boolean, words: EditorWords): Completion {
  const { kind, label, detail, text } = suggestion;
  return {
    label,
    type: kind,
    ...(detail ? { detail } : {}),
    apply: kind === 'function' ? applyCall(label) : (text ?? nameText(suggestion, isQuoted)),
    ...(hasFacts(suggestion) ? { info: () => ({ dom: factsOf(suggestion, words) }) } : {}),
  };
}

function nameText({ kind, label }: Suggestion, isQuoted: boolean): string {
  if (kind === 'keyword' || kind === 'type') return label;
  return isQuoted ? `"${label.replaceAll('"', '""')}"` : quoteName(label);
}

/** Writes the brackets too, and stands between them; those that are there already are kept. */
function applyCall(name: string): Completion['apply'] {
  return (view, _completion, from, to) => {
    const isCalled = view.state.sliceDoc(to, to + 1) === '(';
    view.dispatch({
      changes: { from, to, insert: isCalled ? name : `${name}()` },
      selection: { anchor: from + name.length + 1 },
      userEvent: 'input.complete',
    });
  };
}

function hasFacts({ kind, comment, table }: Suggestion): boolean {
  return kind === 'function' || Boolean(comment) || table !== undefined;
}

/** Which letters of a name answer what was typed, for them to stand out. */
function matchOf(label: string, prefix: string): number[] {
  const at = label.toLowerCase().indexOf(prefix.toLowerCase());
  return prefix !== '' && at >= 0 ? [at, at + prefix.length] : [];
}
