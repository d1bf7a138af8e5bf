'use client';
import { useTranslations } from 'next-intl';
import type { Problem } from '@/lib/languages/contract/problem.ts';

/** Returns a function that says what is wrong, in the reader's language, without repeating row, column and value. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations('problems');
  return ({ code, message, expected, found, row, line, column, value }) => {
    const key = `code.${code}` as const;
    // A code that a newer pipeline has and this console does not: its English sentence says it all.
    if (!t.has(key)) return message;
    return t(key, {
      expected: expectedText(t, expected),
      found: found ?? '–',
      row: row ?? '–',
      line: line ?? '–',
      column: column ?? '–',
      value: value ?? '–',
    });
  };
}

/** What the pipeline expects begins with a type's name (`decimal(9,2), a number with …`), which we say ourselves. */
function expectedText(t: ReturnType<typeof useTranslations<'problems'>>, expected = '–'): string {
  const { type, digits, scale } =
    /^(?<type>[a-z]+)(?:\((?<digits>\d+),(?<scale>\d+)\))?(?:, |$)/.exec(expected)?.groups ?? {};
  const key = `type.${type}` as Parameters<typeof t.has>[0];
  return type && t.has(key) ? t(key, { digits: digits ?? '', scale: scale ?? '' }) : expected;
}
