import type { useTranslations } from 'next-intl';
import type { RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

type T = ReturnType<typeof useTranslations<'quality'>>;

/** Why a rule failed, in the reader's language; what only a newer function knows, as it says it. */
export function outcomeText(
  t: T,
  { code, values, message }: Pick<RuleOutcome, 'code' | 'values' | 'message'>,
): string | undefined {
  const key = `code.${code}` as Parameters<T['has']>[0];
  if (!code || !t.has(key)) return message;
  try {
    return (t as unknown as (key: string, values: object) => string)(key, values ?? {});
  } catch {
    return message;
  }
}
