'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';

/** The last net below a page: what reaches it is our own mistake, and Next's digest leads to its line in the log. */
export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations();
  return (
    <main className="page" id="content">
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
    </main>
  );
}
