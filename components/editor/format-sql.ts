/** `sales@2026-11-25T14:03:00Z`: the console's own way to name a moment, of which no formatter knows. */
const MOMENT = /@\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?/g;

/** Lays SQL out anew, keywords in capitals; nothing but blanks and the case of keywords changes. Rejects what cannot be read. */
export async function formatSql(text: string): Promise<string> {
  const { formatDialect, trino } = await import('sql-formatter');
  const moments: string[] = [];
  const plain = text.replace(MOMENT, (moment) => `__moment_${moments.push(moment) - 1}__`);
  const formatted = formatDialect(plain, {
    dialect: trino,
    keywordCase: 'upper',
    tabWidth: 2,
    expressionWidth: 80,
    linesBetweenQueries: 1,
    paramTypes: { positional: true },
  });
  return formatted.replace(/__moment_(\d+)__/g, (whole, index: string) => moments[Number(index)] ?? whole);
}

/** Where a place of a text is in another that differs from it in blanks only. */
export function placeInFormatted(before: string, offset: number, after: string): number {
  let letters = before.slice(0, offset).replace(/\s/g, '').length;
  for (let at = 0; at < after.length; at++) {
    if (letters === 0) return at;
    if (!/\s/.test(after[at] as string)) letters -= 1;
  }
  return after.length;
}
