import type { EditorSelection } from '@/components/editor/sql-editor';

/** What stands in an editor, for those who follow it without drawing the page anew at each key. */
export class DraftText {
  value: EditorSelection;
  readonly #listeners = new Set<() => void>();

  constructor(value: EditorSelection) {
    this.value = value;
  }

  write(value: EditorSelection): void {
    this.value = value;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}
