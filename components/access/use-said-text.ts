import { useTranslations } from 'next-intl';
import type { Denial } from '@/lib/languages/iam-policy/read-denial.ts';

/** What AWS's own sentence says decided; undefined where it says nothing of it. */
export function useSaidText(): (denial: Denial) => string | undefined {
  const t = useTranslations('access.denial.said');
  return ({ isExplicit, kind, policyArn }) => {
    if (isExplicit === undefined || !kind) return undefined;
    const text = t(`${isExplicit ? 'denied' : 'missing'}.${kind}`);
    return policyArn ? `${text} (${policyArn})` : text;
  };
}
