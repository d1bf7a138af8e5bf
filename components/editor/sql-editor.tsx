'use client';
import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type SQLNamespace, sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { athenaDialect } from './athena-dialect';
import { highlightStyle, theme } from './editor-theme';

/** The whole text, and what of it is selected; `from` is `to` where the cursor only stands. */
export interface EditorSelection {
  text: string;
  from: number;
  to: number;
}

export interface EditorMark {
  from: number;
  to: number;
  message: string;
}

export interface SqlEditorProps {
  /** The accessible name. */
  label: string;
  /** Text and cursor to begin with. */
  initial: EditorSelection;
  /** Tables and their columns, for completion. */
  schema: SQLNamespace;
  /** Where the last statement was refused. */
  mark: EditorMark | undefined;
  /** Told of every change of the text or of what is selected in it. */
  onChange: (selection: EditorSelection) => void;
  /** Ctrl+Enter or ⌘+Enter. */
  onRun: (selection: EditorSelection) => void;
  /** Ctrl+S or ⌘+S. */
  onSave: () => void;
}

/** Follows CodeMirror, which owns the text while it is written; `initial` is read once. */
export default function SqlEditor({ label, initial, schema, mark, onChange, onRun, onSave }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const handlers = useRef({ onChange, onRun, onSave });
  const first = useRef({ initial, label, schema });
  useEffect(() => {
    handlers.current = { onChange, onRun, onSave };
  });

  useEffect(() => {
    if (!host.current) return;
    const start = first.current;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.initial.text,
        selection: selectionIn(start.initial),
        extensions: extensions(start.label, start.schema, handlers),
      }),
    });
    editor.current = view;
    view.focus();
    return () => view.destroy();
  }, []);

  useEffect(() => {
    editor.current?.dispatch({ effects: language.reconfigure(languageFor(schema)) });
  }, [schema]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const marks = mark
      ? [{ ...within(mark, view.state.doc.length), message: mark.message, severity: 'error' as const }]
      : [];
    view.dispatch(setDiagnostics(view.state, marks));
  }, [mark]);

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

const language = new Compartment();

function languageFor(schema: SQLNamespace): Extension {
  return sql({ dialect: athenaDialect, schema, upperCaseKeywords: true });
}

interface Handlers {
  current: Pick<SqlEditorProps, 'onChange' | 'onRun' | 'onSave'>;
}

function extensions(label: string, schema: SQLNamespace, handlers: Handlers): Extension[] {
  const run = (view: EditorView) => {
    handlers.current.onRun(selectionOf(view.state));
    return true;
  };
  const save = () => {
    handlers.current.onSave();
    return true;
  };
  return [
    // Tab stays the way out of the editor, for those who use no pointer.
    keymap.of([
      { key: 'Mod-Enter', run },
      { key: 'Mod-s', run: save, preventDefault: true },
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightSpecialChars(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    syntaxHighlighting(highlightStyle),
    theme,
    language.of(languageFor(schema)),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || update.selectionSet) handlers.current.onChange(selectionOf(update.state));
    }),
  ];
}

function selectionOf(state: EditorState): EditorSelection {
  const { from, to } = state.selection.main;
  return { text: state.doc.toString(), from, to };
}

/** A kept cursor may stand behind the end of a text that was changed meanwhile. */
function selectionIn({ text, from, to }: EditorSelection): { anchor: number; head: number } {
  return { anchor: Math.min(from, text.length), head: Math.min(to, text.length) };
}

function within({ from, to }: EditorMark, length: number): { from: number; to: number } {
  const start = Math.min(from, length);
  return { from: start, to: Math.max(start, Math.min(to, length)) };
}
