'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';

export interface CrashProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** The last net below a page: what reaches it is our own mistake, and Next's digest leads to its line in the log. */
export function Crash({ error, retry }: CrashProps) {
  const t = useTranslations();
  return (
    <div className="page">
      <ErrorPanel
        title={t('failure.title.INTERNAL')}
        body={t('failure.todo.INTERNAL')}
        facts={
          error.digest ? [{ label: t('common.request'), value: <span className="mono">{error.digest}</span> }] : []
        }
        actions={
          <Button variant="primary" onClick={retry}>
            {t('common.retry')}
          </Button>
        }
      />
    </div>
  );
}
