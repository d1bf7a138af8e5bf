'use client';
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { athenaDialect } from './athena-dialect';
import { type EditorKnowledge, sqlCompletion } from './completion-source';
import type { EditorCatalog } from './editor-catalog';
import { highlightStyle, theme } from './editor-theme';
import type { EditorWords } from './editor-words';
import { formatSql, placeInFormatted } from './format-sql';
import { hoverFacts } from './hover-facts';
import { FRENCH_PHRASES } from './phrases';
import { catalogChanged, problemMarks, setRunMark } from './problem-marks';
import { signatureHelp } from './signature-help';

/** The whole text, and what of it is selected; `from` is `to` where the cursor only stands. */
export interface EditorSelection {
  text: string;
  from: number;
  to: number;
  /** How far the text is scrolled, in pixels. */
  scrollTop?: number;
}

export interface EditorMark {
  from: number;
  to: number;
  message: string;
  /** The text that was run: in another one the place means nothing. */
  text: string;
}

/** What may be asked of an editor from outside. */
export interface EditorHandle {
  focus: () => void;
  /** Writes at the cursor, in the place of what is selected. */
  insert: (text: string) => void;
  /** Lays the text out anew, or what is selected; rejects where it cannot be read. */
  format: () => Promise<void>;
}

export interface SqlEditorProps {
  /** The accessible name. */
  label: string;
  /** Text and cursor to begin with. */
  initial: EditorSelection;
  /** What completion, hints and warnings are made of. */
  catalog: EditorCatalog;
  words: EditorWords;
  /** Where the last statement was refused. */
  mark: EditorMark | undefined;
  /** Told of every change of the text, of what is selected in it, and of where it is scrolled to. */
  onChange: (selection: EditorSelection) => void;
  /** Given once the editor is there. */
  onReady: (handle: EditorHandle) => void;
}

/** Follows CodeMirror, which owns the text while it is written; `initial` is read once. */
export default function SqlEditor({ label, initial, catalog, words, mark, onChange, onReady }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const current = useRef({ onChange, onReady, catalog, words });
  const first = useRef({ initial, label });
  useEffect(() => {
    current.current = { onChange, onReady, catalog, words };
  });

  useEffect(() => {
    if (!host.current) return;
    const { initial: start, label: name } = first.current;
    const knowledge = { catalog: () => current.current.catalog, words: () => current.current.words };
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.text,
        selection: selectionIn(start),
        extensions: extensions(name, knowledge, (selection) => current.current.onChange(selection)),
      }),
      ...(start.scrollTop ? { scrollTo: scrolledTo(start) } : {}),
    });
    editor.current = view;
    view.focus();
    current.current.onReady(handleOf(view));
    return () => view.destroy();
  }, []);

  useEffect(() => {
    if (catalog.isWhole) editor.current?.dispatch({ effects: catalogChanged.of(null) });
  }, [catalog]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const isOfText = mark?.text === view.state.doc.toString();
    view.dispatch({ effects: setRunMark.of(isOfText ? mark : undefined) });
  }, [mark]);

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function extensions(
  label: string,
  knowledge: EditorKnowledge,
  onChange: (selection: EditorSelection) => void,
): Extension[] {
  // Kept from the scroll events: to ask the element after each key would make the browser lay out the page first.
  let scrollTop: number | undefined;
  const tell = ({ state }: EditorView) =>
    onChange({ ...selectionOf(state), ...(scrollTop !== undefined && { scrollTop }) });
  return [
    // Tab stays the way out of the editor, for those who use no pointer.
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorState.phrases.of(knowledge.words().locale === 'fr' ? FRENCH_PHRASES : {}),
    lineNumbers(),
    history(),
    highlightSpecialChars(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    search({ top: true }),
    sqlCompletion(knowledge),
    signatureHelp(knowledge),
    hoverFacts(knowledge),
    problemMarks(knowledge),
    syntaxHighlighting(highlightStyle),
    theme,
    sql({ dialect: athenaDialect, upperCaseKeywords: true }).language,
    // It can be focused without one, but only a tabindex says so to every tool that asks.
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet) tell(update.view);
    }),
    EditorView.domEventHandlers({
      scroll: (_event, view) => {
        scrollTop = view.scrollDOM.scrollTop;
        tell(view);
      },
    }),
  ];
}

function handleOf(view: EditorView): EditorHandle {
  return {
    focus: () => view.focus(),
    insert: (text) => {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input.paste' });
      view.focus();
    },
    format: () => format(view),
  };
}

/** One change, and so one step to undo; the cursor stays at its letter. */
async function format(view: EditorView): Promise<void> {
  const { main } = view.state.selection;
  const [from, to] = main.empty ? [0, view.state.doc.length] : [main.from, main.to];
  const before = view.state.sliceDoc(from, to);
  const { doc } = view.state;
  const after = await formatSql(before);
  // What was written meanwhile is worth more.
  if (after === before || view.state.doc !== doc) return;
  const head = main.empty ? from + placeInFormatted(before, main.head - from, after) : from + after.length;
  view.dispatch({
    changes: { from, to, insert: after },
    selection: main.empty ? { anchor: head } : { anchor: from, head },
    scrollIntoView: true,
    userEvent: 'input.format',
  });
}

function selectionOf({ doc, selection }: EditorState): EditorSelection {
  const { from, to } = selection.main;
  return { text: doc.toString(), from, to };
}

/** A kept cursor may stand behind the end of a text that was changed meanwhile. */
function selectionIn({ text, from, to }: EditorSelection): { anchor: number; head: number } {
  return { anchor: Math.min(from, text.length), head: Math.min(to, text.length) };
}

/** CodeMirror scrolls to places, and lines are all of one height here. */
function scrolledTo({ text, scrollTop = 0 }: EditorSelection) {
  const line = Math.floor(scrollTop / LINE_PX);
  const at = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0);
  return EditorView.scrollIntoView(Math.min(at, text.length), { y: 'start', yMargin: 0 });
}

const LINE_PX = 20;
