import { type Diagnostic, lintKeymap, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import { type Extension, StateEffect } from '@codemirror/state';
import { type EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { CheckedText, TextProblem } from './check-text';
import type { EditorKnowledge } from './completion-source';
import type { GrammarAnswer, GrammarQuestion } from './grammar-worker';

/** After the last key. What the cursor still stands at is given longer: half a word is no mistake. */
const PAUSE_MS = 500;
const PATIENCE_MS = 1_800;

/** Where the last run was refused; undefined where it was not. */
export const setRunMark = StateEffect.define<TextProblem | undefined>();
/** The catalog has changed: what was unknown may not be any more. */
export const catalogChanged = StateEffect.define<null>();

/** So many tables are asked for at most; of those beyond, any name is taken. */
const MAX_TABLES = 50;

/** Underlines what the grammar refuses and what nothing in the catalog is called, before anything is run, and where the last run was refused. */
export function problemMarks(knowledge: EditorKnowledge): Extension {
  // The page has an F8 of its own, for what it tells: in the editor it is the editor's.
  const next = { key: 'F8', run: nextDiagnostic, preventDefault: true, stopPropagation: true };
  return [ViewPlugin.define((view) => new ProblemMarks(view, knowledge)), keymap.of([next, ...lintKeymap])];
}

class ProblemMarks {
  readonly #view: EditorView;
  readonly #knowledge: EditorKnowledge;
  readonly #worker: Worker;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #asked = 0;
  #checked: CheckedText | undefined;
  #names: TextProblem[] = [];
  #runMark: TextProblem | undefined;
  #isPatient = true;

  constructor(view: EditorView, knowledge: EditorKnowledge) {
    this.#view = view;
    this.#knowledge = knowledge;
    this.#worker = new Worker(new URL('./grammar-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<GrammarAnswer>) => {
      // An answer about a text that is no more says nothing.
      if (data.id !== this.#asked) return;
      if ('names' in data) this.#names = data.names;
      else {
        this.#checked = data.checked;
        void this.#askNames();
      }
      this.#show();
    });
    this.#wait();
  }

  update(update: ViewUpdate): void {
    for (const effect of update.transactions.flatMap(({ effects }) => effects)) {
      if (effect.is(setRunMark)) this.#later(() => this.#markRun(effect.value));
      if (effect.is(catalogChanged))
        this.#later(() => {
          void this.#askNames();
          this.#show();
        });
    }
    if (!update.docChanged) return;
    this.#asked += 1;
    this.#checked = undefined;
    this.#names = [];
    // CodeMirror moves what is underlined with the text until it is read again.
    this.#runMark = undefined;
    this.#wait();
  }

  destroy(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    this.#worker.terminate();
  }

  #wait(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    this.#isPatient = true;
    this.#timers.push(setTimeout(() => this.#ask({}), PAUSE_MS));
    this.#timers.push(
      setTimeout(() => {
        this.#isPatient = false;
        this.#show();
      }, PATIENCE_MS),
    );
  }

  #ask(more: Pick<GrammarQuestion, 'known'>): void {
    const question: GrammarQuestion = { id: this.#asked, text: this.#view.state.doc.toString(), ...more };
    this.#worker.postMessage(question);
  }

  /** Columns may have to be fetched first: what the grammar says does not wait for them. */
  async #askNames(): Promise<void> {
    const id = this.#asked;
    const catalog = this.#knowledge.catalog();
    const reads = (this.#checked?.reads ?? []).map(({ database = catalog.database, name }) => ({ database, name }));
    const tables = [...new Map(reads.map((each) => [`${each.database}.${each.name}`, each])).entries()];
    const known = await Promise.all(
      tables.slice(0, MAX_TABLES).map(async ([key, { database, name }]) => {
        const columns = catalog.find(database, name) ? await catalog.columns(database, name) : [];
        return [key, columns.map((column) => column.name.toLowerCase())] as const;
      }),
    );
    // Without columns they could not be had.
    const columns = Object.fromEntries(known.filter(([, names]) => names.length > 0));
    if (id === this.#asked && this.#checked) this.#ask({ known: { database: catalog.database, columns } });
  }

  /** Nothing may be dispatched while an update is under way. */
  #later(run: () => void): void {
    this.#timers.push(setTimeout(run));
  }

  #markRun(mark: TextProblem | undefined): void {
    this.#runMark = mark;
    this.#show();
  }

  #show(): void {
    const { state } = this.#view;
    const marks: Diagnostic[] = [];
    if (this.#runMark) marks.push(diagnostic(this.#runMark, 'error', state.doc.length));
    for (const problem of this.#checked?.problems ?? [])
      if (!this.#isBeingWritten(problem)) marks.push(diagnostic(problem, 'error', state.doc.length));
    // The catalog may be older than what was made beside it: what it does not know is no certain fault.
    for (const problem of this.#names)
      if (!this.#isBeingWritten(problem)) marks.push(diagnostic(problem, 'warning', state.doc.length));
    marks.push(...this.#unknownTables());
    if (this.#checked || this.#runMark || marks.length > 0) this.#view.dispatch(setDiagnostics(state, marks));
  }

  /** The cursor is at the word, or nothing but blanks are between: the rest of it is still to come. */
  #isBeingWritten({ from, to }: TextProblem): boolean {
    if (!this.#isPatient || !this.#view.hasFocus) return false;
    const { head } = this.#view.state.selection.main;
    return from <= head && (head <= to || this.#view.state.sliceDoc(to, head).trim() === '');
  }

  #unknownTables(): Diagnostic[] {
    const [catalog, words] = [this.#knowledge.catalog(), this.#knowledge.words()];
    if (!catalog.isWhole) return [];
    return (this.#checked?.tables ?? []).flatMap(({ from, to, database = catalog.database, name }) => {
      // `sales@2026-11-25`, and databases that are not listed for this person, are Athena's to know.
      const isKnown = catalog.find(database, name) || name.includes('@') || !catalog.databases.includes(database);
      const place = { from, to, message: words.unknownTable(`${database}.${name}`) };
      return isKnown || this.#isBeingWritten(place) ? [] : [diagnostic(place, 'warning', this.#view.state.doc.length)];
    });
  }
}

function diagnostic({ from, to, message }: TextProblem, severity: Diagnostic['severity'], length: number): Diagnostic {
  // What ends too soon is underlined at its last letter: behind it there is nothing to underline.
  const end = Math.min(Math.max(to, from), length);
  return { from: Math.min(from, end === from ? Math.max(0, end - 1) : from), to: end, message, severity };
}
