import { describe, expect, it } from 'vitest';
import { compareLines } from './compare-lines.ts';

const lines = (...all: (string | number)[]) => `${all.join('\n')}\n`;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const show = (hunks: ReturnType<typeof compareLines>['hunks']) =>
  hunks.map((hunk) =>
    hunk.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`).join('|'),
  );

describe('lines', () => {
  it('are shown with what is around them, near changes together and far ones apart', () => {
    const to = numbers(1, 40).flatMap((line) =>
      line === 5 ? ['five'] : line === 9 ? [] : line === 30 ? [30, 'new'] : [line],
    );
    const found = compareLines(lines(...numbers(1, 40)), lines(...to));
    expect(show(found.hunks)).toEqual([' 2| 3| 4|-5|+five| 6| 7| 8|-9| 10| 11| 12', ' 28| 29| 30|+new| 31| 32| 33']);
    expect(found.lines).toEqual({ from: 40, to: 40, added: 2, removed: 2 });
    expect(found.hunks[1]?.[0]).toMatchObject({ from: 28, to: 27 });
  });

  it('at both ends of a text, and a text that comes from or goes to nothing', () => {
    expect(show(compareLines(lines('a', 'b'), lines('x', 'a', 'b', 'y')).hunks)).toEqual(['+x| a| b|+y']);
    expect(show(compareLines('', lines('a')).hunks)).toEqual(['+a']);
    expect(show(compareLines(lines('a'), '').hunks)).toEqual(['-a']);
  });

  it('that differ in their ends alone are the same, and the ends are told', () => {
    expect(compareLines('a\nb\n', 'a\r\nb\r\n')).toMatchObject({ hunks: [], lineEnds: { from: 'lf', to: 'crlf' } });
    expect(compareLines('a', 'a\n')).toMatchObject({ hunks: [], lines: { added: 0, removed: 0 } });
  });

  it('beyond what is shown are counted', () => {
    const found = compareLines('', lines(...numbers(1, 5_000)));
    expect(found.hunks.flat()).toHaveLength(1_000);
    expect(found).toMatchObject({ hiddenLines: 4_000, lines: { added: 5_000 }, isExact: true });
  });

  it('of texts that have too little in common are counted by what each has', () => {
    const left = numbers(1, 30_000).map((line) => `left ${line}`);
    const right = numbers(1, 30_000).map((line) => `right ${line}`);
    const found = compareLines(lines(...left, 'both'), lines('both', ...right));
    expect(found).toMatchObject({ isExact: false, hunks: [], lines: { added: 30_000, removed: 30_000 } });
  });
});
