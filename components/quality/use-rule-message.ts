'use client';
import { useTranslations } from 'next-intl';
import { kindsOf, SYNTAX_ERRORS } from '@/lib/languages/dqdl/syntax-error.ts';
import type { RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

type Told = Pick<RuleOutcome, 'code' | 'values' | 'message'>;

/**
 * Returns a function that says why a rule failed, could not be evaluated or cannot be read, in the reader's language. A code
 * that a newer pipeline has and this console does not: its English sentence says it all.
 */
export function useRuleMessage(): (outcome: Told) => string {
  const t = useTranslations('ruleOutcomes');
  const sayError = useSyntaxError();
  return ({ code, values = {}, message }) => {
    const key = `code.${code}` as Parameters<typeof t.has>[0];
    const syntax = sayError(code, values);
    if (syntax !== undefined) return syntax;
    const said = sayError(values.syntax, values);
    return code && t.has(key) ? t(key, said === undefined ? values : { ...values, message: said }) : (message ?? '–');
  };
}

/** What cannot be read: its sentence is made of parts that are codes themselves. */
function useSyntaxError() {
  const t = useTranslations('dqdlErrors');
  return (code: string | number | undefined, values: Record<string, string | number>): string | undefined => {
    if (code === undefined || !Object.hasOwn(SYNTAX_ERRORS.error, code)) return undefined;
    const { expected, kinds } = values;
    const parts = { ...values };
    if (expected !== undefined) parts.expected = t(`expected.${expected as 'rule'}`, values as never);
    if (kinds !== undefined)
      parts.kinds = kindsOf(kinds)
        .map((kind) => t(`kind.${kind}`))
        .reduce((first, second) => t('or', { first, second }));
    return t(`error.${code as 'noRules'}`, parts);
  };
}
