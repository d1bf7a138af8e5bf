import { type CheckedText, checkText, type TextProblem } from './check-text';
import { checkTextNames, type KnownTables } from './check-text-names';

/** A text to read, with a number; with what is known of the tables it reads, only its names are looked at. */
export interface GrammarQuestion {
  id: number;
  text: string;
  known?: KnownTables;
}

/** What the grammar says of the text of that number, or the catalog of its names. */
export type GrammarAnswer = { id: number } & ({ checked: CheckedText } | { names: TextProblem[] });

self.addEventListener('message', ({ data: { id, text, known } }: MessageEvent<GrammarQuestion>) => {
  const answer: GrammarAnswer = known ? { id, names: checkTextNames(text, known) } : { id, checked: checkText(text) };
  self.postMessage(answer);
});
