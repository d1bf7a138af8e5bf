'use client';
import { Lightbulb, PencilLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import type { CostNote, Rewrite } from '@/lib/query/cost/schemas';

interface RewriteListProps {
  rewrites: readonly Rewrite[];
  notes: readonly CostNote[];
  onApply: (rewrite: Rewrite) => void;
}

/** Cheaper ways to write the statement, each with what it saves, and what changes nothing. */
export function RewriteList({ rewrites, notes, onApply }: RewriteListProps) {
  const t = useTranslations('sql.cost');
  if (rewrites.length === 0 && notes.length === 0) return null;
  return (
    <ul className="grid gap-2" aria-label={t('rewrites')}>
      {rewrites.map((rewrite) => (
        <li key={rewrite.sql} className="flex flex-wrap items-start gap-x-2 gap-y-1">
          <Icon of={PencilLine} size="s" />
          <div className="grid min-w-0 flex-1 gap-0.5">
            <p>
              {t.rich(`rewrite.${rewrite.kind}`, { subject: () => <span className="mono">{rewrite.subject}</span> })}{' '}
              {rewrite.savedBytes > 0 && (
                <b className="tabular-nums">{t.rich('saves', { bytes: () => <Bytes value={rewrite.savedBytes} /> })}</b>
              )}
            </p>
            {rewrite.heaviest ? (
              <p className="muted tabular-nums">
                {t('heaviest')}{' '}
                {rewrite.heaviest.map(({ name, bytes }, index) => (
                  <span key={name}>
                    {index > 0 && ', '}
                    <span className="mono">{name}</span> <Bytes value={bytes} />
                  </span>
                ))}
              </p>
            ) : (
              <code className="mono break-words">{rewrite.text}</code>
            )}
          </div>
          <Button size="sm" onClick={() => onApply(rewrite)}>
            {t('apply')}
          </Button>
        </li>
      ))}
      {notes.map(({ kind }) => (
        <li key={kind} className="muted flex items-center gap-2">
          <Icon of={Lightbulb} size="s" />
          {t(`note.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
