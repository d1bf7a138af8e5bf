'use client';
import {
  autocompletion,
  type Completion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completionsAt } from '@/lib/languages/dqdl/editing.ts';
import { findRuleType } from '@/lib/languages/dqdl/rule-types.ts';
import { signatureOf } from '@/lib/languages/dqdl/signature.ts';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';
import { checkText, type TextProblem } from '@/lib/quality/rulesets/check-text';
import { highlightStyle, theme } from '../editor-theme';
import { FRENCH_PHRASES } from '../phrases';
import { dqdlLanguage } from './dqdl-language';

export interface DqdlEditorProps {
  /** The accessible name. */
  label: string;
  /** A text that is not what stands there takes its place, as one step to undo. */
  value: string;
  columns: readonly TableColumn[];
  locale: string;
  isReadOnly?: boolean;
  /** What a rule of this type asks, in a sentence. */
  explain: (type: string) => string | undefined;
  /** What is wrong, in the reader's language. */
  say: (problem: TextProblem) => string;
  onChange: (text: string) => void;
}

const PAUSE_MS = 350;

/** Writes rules: completion of types and columns, and what is wrong underlined where it is. */
export default function DqdlEditor(props: DqdlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const current = useRef(props);
  useEffect(() => {
    current.current = props;
  });
  useEffect(() => {
    if (!host.current) return;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: current.current.value, extensions: extensions(() => current.current) }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);
  const { value } = props;
  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);
  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function extensions(props: () => DqdlEditorProps): Extension[] {
  const { label, locale, isReadOnly = false } = props();
  return [
    // Tab stays the way out of the editor, for those who use no pointer.
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorState.phrases.of(locale === 'fr' ? FRENCH_PHRASES : {}),
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    EditorView.lineWrapping,
    lineNumbers(),
    lintGutter(),
    history(),
    highlightActiveLine(),
    bracketMatching(),
    closeBrackets(),
    dqdlLanguage,
    syntaxHighlighting(highlightStyle),
    theme,
    autocompletion({ override: [(context) => complete(props(), context)], icons: true, maxRenderedOptions: 40 }),
    linter((view) => diagnose(view.state.doc.toString(), props()), { delay: PAUSE_MS }),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', 'aria-multiline': 'true' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) props().onChange(update.state.doc.toString());
    }),
  ];
}

function diagnose(text: string, { columns, say }: DqdlEditorProps): Diagnostic[] {
  // Nothing was written yet; saving it says what is missing.
  if (text.trim() === '') return [];
  return checkText(text, [...columns]).map((problem) => {
    const { from, to, severity } = problem;
    // What ends too soon is underlined at its last letter: behind it there is nothing to underline.
    const end = Math.min(Math.max(to, from), text.length);
    return {
      from: Math.min(from, end === from ? Math.max(0, end - 1) : from),
      to: end,
      severity,
      message: say(problem),
    };
  });
}

function complete(
  { columns, explain }: DqdlEditorProps,
  { state, pos, explicit }: { state: EditorState; pos: number; explicit: boolean },
) {
  const text = state.doc.toString();
  const { from, options } = completionsAt(text, pos, [...columns]);
  // A list that opens by itself after every blank would only be in the way.
  if (options.length === 0 || (!explicit && from === pos)) return null;
  return {
    from,
    filter: false,
    options: options.map((option): Completion => {
      const type = option.kind === 'rule' ? findRuleType(option.label) : undefined;
      const info = type && explain(type.name);
      return {
        label: option.label,
        type: option.kind === 'rule' ? 'function' : option.kind,
        ...(option.insert === undefined ? {} : { apply: option.insert }),
        ...(type ? { detail: signatureOf(type).slice(type.name.length) } : {}),
        ...(info ? { info } : {}),
      };
    }),
  };
}
