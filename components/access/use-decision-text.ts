import { useTranslations } from 'next-intl';
import type { DecidedRequest } from '@/lib/access/decision-schemas';

/** What decided a request, in one sentence. */
export function useDecisionText(): (decided: DecidedRequest, roleName: string) => string {
  const t = useTranslations('access.denial.decision');
  return ({ explanation: { decision } }, roleName) => {
    const { result, source, by } = decision;
    if (!by) return t(`none.${source}`, { role: roleName });
    const statement = by.sid ?? t('nth', { number: by.index + 1 });
    return t(`${result === 'allowed' ? 'allowed' : 'denied'}.${source}`, {
      statement,
      policy: by.policy,
      role: roleName,
    });
  };
}
