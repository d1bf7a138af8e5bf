'use client';
import { useTranslations } from 'next-intl';
import { StateIcon } from '@/components/ui/state';
import type { QueryError } from '@/lib/query/schemas';

/** What is wrong with the statement, and where: the same place is underlined above. */
export function StatementProblem({
  error,
  place,
}: {
  error: QueryError;
  place: { line: number; column: number } | undefined;
}) {
  const t = useTranslations('sql');
  return (
    <div
      role="alert"
      className="failed flex items-start gap-2 border-failed-line border-t bg-failed-soft px-3 py-1.5 text-xs [--surface:var(--failed-soft)]"
    >
      <span className="mt-0.5 text-failed">
        <StateIcon state="failed" />
      </span>
      <span className="min-w-0 break-words">
        {place && (
          <b className="mono" title={t('place', place)}>
            {place.line}:{place.column}{' '}
          </b>
        )}
        {error.message}
        {error.name && <span className="mono faint"> {error.name}</span>}
      </span>
    </div>
  );
}
