'use client';
import { useRuleMessage } from '@/components/quality/use-rule-message';
import type { RuleOutcome } from '@/lib/languages/quality/evaluation.ts';

/** Why a rule failed, whole on hover where the row is too narrow for it. */
export function RuleReason({ outcome }: { outcome: Pick<RuleOutcome, 'code' | 'values' | 'message'> }) {
  const why = useRuleMessage()(outcome);
  return (
    <span className="block truncate" title={why}>
      {why}
    </span>
  );
}
