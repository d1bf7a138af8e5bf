import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const highlightStyle = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--k-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--k-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--k-num)' },
  { tag: tags.comment, color: 'var(--k-com)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--k-fn)' },
]);

export const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-gutters': { boxShadow: 'inset 3px 0 0 var(--accent)' },
  // The bar at the left says where the focus is: the page's ring would be cut off around the whole text.
  '.cm-content:focus-visible': { outline: 'none', boxShadow: 'none', borderRadius: '0' },
  // What is typed moves nothing outside of it, which the browser need not find out at each key.
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', contain: 'layout paint style' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 14px 0 12px' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  // The browser's own cursor and selection: drawn ones are measured and laid out anew at each key.
  '.cm-content ::selection, .cm-content::selection': { backgroundColor: 'var(--sel)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent-line)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r2)',
    boxShadow: 'var(--shadow-pop)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--accent-text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px', maxHeight: '19em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px 2px 4px', lineHeight: '18px' },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail': { color: 'var(--accent-text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionIcon': { opacity: 1, color: 'var(--text-3)', width: '1.3em', paddingRight: '6px', fontSize: '11px' },
  '.cm-completionIcon-column::after': { content: "'▪'" },
  '.cm-completionIcon-table::after': { content: "'▦'" },
  '.cm-completionIcon-relation::after': { content: "'▤'" },
  '.cm-completionIcon-database::after': { content: "'◫'" },
  '.cm-completionIcon-function::after': { content: "'ƒ'" },
  '.cm-completionIcon-keyword::after': { content: "''" },
  '.cm-completionInfo': { padding: '0', maxWidth: '380px' },
  '.cm-fact': { padding: '6px 10px', maxWidth: '460px', fontSize: '12px', lineHeight: '18px' },
  '.cm-fact-title': { fontFamily: 'var(--mono)', overflowWrap: 'anywhere' },
  '.cm-fact-quiet': { color: 'var(--text-3)' },
  '.cm-fact-current': { color: 'var(--accent-text)', fontWeight: '600', textDecoration: 'underline' },
  '.cm-fact-text': { fontFamily: 'var(--sans)', color: 'var(--text-2)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failed) 1.25px',
    textUnderlineOffset: '4px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--rejected) 1.25px',
    textUnderlineOffset: '4px',
  },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--failed)' },
  '.cm-diagnostic': { padding: '6px 10px', fontSize: '12px', lineHeight: '18px', overflowWrap: 'anywhere' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--failed)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--rejected)' },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { backgroundColor: 'var(--sel)' },
  '.cm-panel.cm-search': { fontSize: '12px' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--surface)',
    backgroundImage: 'none',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r1)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--sel)' },
  '.cm-panels': { backgroundColor: 'var(--canvas)', color: 'var(--text)' },
});
