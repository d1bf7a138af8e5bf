import type { TrinoFunction } from '@/lib/languages/trino-sql/functions/trino-functions.ts';
import type { Suggestion } from './completions';
import type { CatalogColumn, CatalogTable } from './editor-catalog';
import type { EditorWords } from './editor-words';

// CodeMirror's tooltips are plain DOM: React does not reach into them.

/** What is known of a thing that completion offers. */
export function factsOf(suggestion: Suggestion, words: EditorWords): HTMLElement {
  if (suggestion.function) return functionCard(suggestion.function, words);
  if (suggestion.table) return tableCard(suggestion.table, words);
  return columnCard({ name: suggestion.label, type: suggestion.detail, comment: suggestion.comment });
}

/** The signature with the parameter that is being written, and what the function gives. */
export function functionCard(described: TrinoFunction, { locale }: EditorWords, argument?: number): HTMLElement {
  const { name, parameters, returns, summary } = described;
  const signature = element('div', 'cm-fact-title');
  signature.append(`${name}(`);
  const last = parameters.length - 1;
  // What `…` stands for may be written again and again.
  const current = argument === undefined ? -1 : parameters[last] === '...' ? Math.min(argument, last) : argument;
  parameters.forEach((parameter, index) => {
    if (index > 0) signature.append(', ');
    signature.append(element(index === current ? 'b' : 'span', index === current ? 'cm-fact-current' : '', parameter));
  });
  signature.append(')', element('span', 'cm-fact-quiet', ` → ${returns}`));
  return card(signature, summary[locale]);
}

export function tableCard(
  { database, name, isView, rows, sizeBytes, columns }: CatalogTable,
  words: EditorWords,
): HTMLElement {
  const title = element('div', 'cm-fact-title');
  title.append(element('span', 'cm-fact-quiet', `${isView ? words.view : words.table} `), `${database}.${name}`);
  const facts = [
    rows === undefined ? '' : words.rows(rows),
    sizeBytes === undefined ? '' : words.bytes(sizeBytes),
    columns
      ? columns
          .map((column) => column.name)
          .slice(0, 12)
          .join(', ') + (columns.length > 12 ? ', …' : '')
      : '',
  ];
  return card(title, facts.filter(Boolean).join(' · '));
}

export function columnCard({ name, type, comment }: CatalogColumn): HTMLElement {
  const title = element('div', 'cm-fact-title');
  title.append(name, element('span', 'cm-fact-quiet', ` ${type ?? ''}`));
  return card(title, comment ?? '');
}

function card(title: HTMLElement, text: string): HTMLElement {
  const whole = element('div', 'cm-fact');
  whole.append(title);
  if (text) whole.append(element('div', 'cm-fact-text', text));
  return whole;
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
