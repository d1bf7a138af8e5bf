'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Count } from '@/components/ui/tag';
import type { Suggestion } from '@/lib/languages/dqdl/suggest.ts';
import { routes } from '@/lib/routes';

interface SuggestionsProps {
  table: string;
  /** Undefined while the table has no profile. */
  suggestions: Suggestion[] | undefined;
  /** Of the ruleset that is open: what is in it already is not suggested. */
  text: string;
  canAdd: boolean;
  onAdd: (rule: string) => void;
}

/** Rules that the data keeps today, each with what speaks for it. */
export function Suggestions({ table, suggestions, text, canAdd, onAdd }: SuggestionsProps) {
  const t = useTranslations('tableQuality');
  if (!suggestions) {
    return (
      <Panel title={t('suggested')}>
        <div className="grid justify-items-start gap-2">
          <p className="muted">{t('noProfile')}</p>
          <LinkButton size="sm" href={`${routes.dataset(table)}/profile`}>
            {t('toProfile')}
          </LinkButton>
        </div>
      </Panel>
    );
  }
  const open = suggestions.filter(({ rule }) => !text.includes(rule));
  return (
    <Panel
      title={
        <>
          {t('suggested')} <Count>{open.length}</Count>
        </>
      }
    >
      {open.length === 0 ? (
        <p className="muted">{t('nothingToSuggest')}</p>
      ) : (
        <ul className="grid max-h-[28rem] gap-3 overflow-y-auto">
          {open.map((suggestion) => (
            <li key={suggestion.rule} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2">
              <span className="min-w-0">
                <code className="mono block break-words">{suggestion.rule}</code>
                <span className="muted text-xs">
                  <Reason suggestion={suggestion} />
                </span>
              </span>
              {canAdd && (
                <Button size="sm" icon={Plus} onClick={() => onAdd(suggestion.rule)}>
                  {t('add')}
                  <span className="sr-only"> {suggestion.rule}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Reason({ suggestion: { reason } }: { suggestion: Suggestion }) {
  const t = useTranslations('tableQuality.reason');
  const key = reason.code as Parameters<typeof t.has>[0];
  if (!t.has(key)) return null;
  return (t as unknown as (key: string, values: object) => string)(key, reason.values);
}
