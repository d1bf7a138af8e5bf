'use client';
import { useTranslations } from 'next-intl';
import type { RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

/** Returns a function that says why a rule failed, or could not be evaluated, in the reader's language. */
export function useRuleMessage(): (outcome: Pick<RuleOutcome, 'code' | 'values' | 'message'>) => string {
  const t = useTranslations('ruleOutcomes');
  return ({ code, values = {}, message }) => {
    const key = `code.${code}` as Parameters<typeof t.has>[0];
    // A code that a newer pipeline has and this console does not: its English sentence says it all.
    return code && t.has(key) ? t(key, values) : (message ?? '–');
  };
}
