import { diffArrays } from 'diff';
import type { DiffLine, LineEnd, TextComparison } from './comparison.ts';

/** Past so many changed lines the shortest way is not sought, as it would cost their square. */
const changesMax = 5_000;
const millisecondsMax = 5_000;
/** Unchanged lines around each change. */
const contextLines = 3;
/** Changed lines that are shown; the rest is counted. */
const shownMax = 1_000;
const lineLengthMax = 2_000;

type LineComparison = Omit<TextComparison, 'encodings'>;

/** Compares two texts line by line. Line ends are looked at apart: a text saved on another system has not changed in every line. */
export function compareLines(from: string, to: string): LineComparison {
  const lineEnds = { from: lineEndOf(from), to: lineEndOf(to) };
  const [before, after] = [linesOf(from), linesOf(to)];
  const [start, end] = commonEnds(before, after);
  const changes = findChanges(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const isExact = changes !== undefined;
  const steps = changes ?? roughChanges(before, after, start, end);
  const added = sum(steps, 'added');
  const removed = sum(steps, 'removed');
  return {
    type: 'text',
    lines: { from: before.length, to: after.length, added, removed },
    ...hunksOf(before, after, start, steps, isExact),
    isExact,
    lineEnds,
  };
}

interface Step {
  kind: DiffLine['kind'];
  count: number;
}

const sum = (steps: readonly Step[], kind: DiffLine['kind']) =>
  steps.reduce((total, step) => total + (step.kind === kind ? step.count : 0), 0);

function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  // A line end closes the last line; it does not start another.
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function lineEndOf(text: string): LineEnd {
  const at = text.indexOf('\n');
  if (at < 0) return 'none';
  return text[at - 1] === '\r' ? 'crlf' : 'lf';
}

/** How many lines both texts begin and end with. */
function commonEnds(before: readonly string[], after: readonly string[]): [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [start, end];
}

function findChanges(before: readonly string[], after: readonly string[]): Step[] | undefined {
  // Numbers are compared faster than texts.
  const numbers = new Map<string, number>();
  const numberOf = (line: string) => {
    const known = numbers.get(line) ?? numbers.size;
    numbers.set(line, known);
    return known;
  };
  const changes = diffArrays(before.map(numberOf), after.map(numberOf), {
    maxEditLength: changesMax,
    timeout: millisecondsMax,
  });
  return changes?.map(({ added, removed, count }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    count: count ?? 0,
  }));
}

/** Counts lines that only one side has, however they are ordered; the first of them are shown. */
function roughChanges(before: readonly string[], after: readonly string[], start: number, end: number): Step[] {
  const left = new Map<string, number>();
  for (const line of before.slice(start, before.length - end)) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of after.slice(start, after.length - end)) {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    else added++;
  }
  const removed = [...left.values()].reduce((total, count) => total + count, 0);
  return [
    { kind: 'removed', count: removed },
    { kind: 'added', count: added },
  ];
}

function hunksOf(
  before: readonly string[],
  after: readonly string[],
  start: number,
  steps: readonly Step[],
  isExact: boolean,
): Pick<LineComparison, 'hunks' | 'hiddenLines'> {
  if (!isExact) return { hunks: [], hiddenLines: sum(steps, 'added') + sum(steps, 'removed') };
  const writer = new HunkWriter(before, after);
  writer.skip(start);
  for (const { kind, count } of steps) {
    if (kind === 'same') writer.skip(count);
    else writer.change(kind, count);
  }
  return writer.finish();
}

interface Hunk {
  lines: DiffLine[];
  /** Where in both texts it ends. */
  from: number;
  to: number;
}

/** Walks both texts at once, and keeps what changed with the lines around it. */
class HunkWriter {
  readonly #before: readonly string[];
  readonly #after: readonly string[];
  readonly #hunks: Hunk[] = [];
  #from = 0;
  #to = 0;
  #shown = 0;
  #hidden = 0;

  constructor(before: readonly string[], after: readonly string[]) {
    this.#before = before;
    this.#after = after;
  }

  skip(count: number): void {
    this.#from += count;
    this.#to += count;
  }

  change(kind: 'added' | 'removed', count: number): void {
    const shown = Math.min(count, shownMax - this.#shown);
    const hunk = shown > 0 ? this.#openHunk() : undefined;
    for (let index = 0; index < shown; index++) hunk?.lines.push(this.#line(kind, index));
    this.#shown += shown;
    this.#hidden += count - shown;
    if (kind === 'added') this.#to += count;
    else this.#from += count;
    if (hunk) Object.assign(hunk, { from: this.#from, to: this.#to });
  }

  finish(): Pick<LineComparison, 'hunks' | 'hiddenLines'> {
    const last = this.#hunks.at(-1);
    if (last && this.#hidden === 0) this.#addSame(last, contextLines);
    return { hunks: this.#hunks.map(({ lines }) => lines), hiddenLines: this.#hidden };
  }

  #line(kind: 'added' | 'removed', index: number): DiffLine {
    return kind === 'added'
      ? { kind, to: this.#to + index + 1, text: shorten(this.#after[this.#to + index]) }
      : { kind, from: this.#from + index + 1, text: shorten(this.#before[this.#from + index]) };
  }

  /** The last hunk, if the lines since are few enough to be shown; else a new one. */
  #openHunk(): Hunk {
    const last = this.#hunks.at(-1);
    const gap = last ? this.#from - last.from : Number.POSITIVE_INFINITY;
    if (last && gap <= 2 * contextLines) {
      this.#addSame(last, gap);
      return last;
    }
    if (last) this.#addSame(last, contextLines);
    const back = Math.min(contextLines, this.#from, this.#to);
    const hunk = { lines: [], from: this.#from - back, to: this.#to - back };
    this.#addSame(hunk, back);
    this.#hunks.push(hunk);
    return hunk;
  }

  #addSame(hunk: Hunk, count: number): void {
    const most = Math.min(count, this.#before.length - hunk.from, this.#after.length - hunk.to);
    for (let index = 0; index < most; index++) {
      const text = shorten(this.#before[hunk.from]);
      hunk.lines.push({ kind: 'same', from: ++hunk.from, to: ++hunk.to, text });
    }
  }
}

function shorten(line: string | undefined): string {
  const text = line ?? '';
  return text.length > lineLengthMax ? `${text.slice(0, lineLengthMax)}…` : text;
}
