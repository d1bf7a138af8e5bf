'use client';
import { useTranslations } from 'next-intl';
import { ExplainedDenial } from '@/components/access/explained-denial';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import type { QueryError } from '@/lib/query/schemas';

interface StatementProblemProps {
  error: QueryError;
  /** In the whole text of the editor, where it is underlined too. */
  place: { line: number; column: number } | undefined;
}

/** What is wrong with the statement, and where, in the place of its rows. */
export function StatementProblem({ error, place }: StatementProblemProps) {
  const t = useTranslations('sql');
  const common = useTranslations('common');
  return (
    <ErrorPanel
      title={t('ran.failed')}
      body={
        <span className="break-words text-text">
          {place && (
            <b className="mono" title={t('place', place)}>
              {place.line}:{place.column}{' '}
            </b>
          )}
          {error.message}
          {error.name && <span className="mono faint"> {error.name}</span>}
        </span>
      }
      actions={<CopyButton text={error.message} label={common('copyDetails')} />}
    >
      <ExplainedDenial said={error.message} />
    </ErrorPanel>
  );
}
