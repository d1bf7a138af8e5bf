'use client';
import { useTranslations } from 'next-intl';
import { useRuleMessage } from '@/components/quality/use-rule-message';
import { State } from '@/components/ui/state';
import type { TableColumn } from '@/lib/languages/dqdl/table.ts';
import { checkText, placeOf } from '@/lib/quality/rulesets/check-text';

const SHOWN = 3;

/** What is underlined in the text, in words, for whoever does not see it; and that all is well, where it is. */
export function TextProblems({ text, columns }: { text: string; columns: readonly TableColumn[] }) {
  const t = useTranslations('tableQuality');
  const say = useRuleMessage();
  const problems = text.trim() === '' ? [] : checkText(text, [...columns]);
  return (
    <div role="status" className="grid gap-1 text-xs">
      {problems.length === 0 ? (
        <State state={text.trim() === '' ? 'waiting' : 'succeeded'}>{t(text.trim() === '' ? 'empty' : 'sound')}</State>
      ) : (
        problems.slice(0, SHOWN).map(({ from, severity, ...problem }) => (
          <span key={`${from} ${problem.message}`} className="flex min-w-0 gap-2">
            <State state={severity === 'error' ? 'failed' : 'rejected'}>
              <span className="mono" title={t('place', placeOf(text, from))}>
                {placeOf(text, from).line}:{placeOf(text, from).column}
              </span>
            </State>
            <span className="min-w-0 break-words">{say(problem)}</span>
          </span>
        ))
      )}
      {problems.length > SHOWN && (
        <span className="muted">{t('moreProblems', { count: problems.length - SHOWN })}</span>
      )}
    </div>
  );
}
