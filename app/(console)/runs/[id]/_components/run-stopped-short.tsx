'use client';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ExplainedDenial } from '@/components/access/explained-denial';
import { LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { routes } from '@/lib/routes';
import { causeSentence } from '@/lib/runs/cause-sentence';
import type { Run } from '@/lib/runs/schemas';

/** A run that broke on our side, or that a person stopped: the file is still in the raw zone and can be sent again. */
export function RunStoppedShort({ run }: { run: Run }) {
  const t = useTranslations('runs.failed');
  const last = run.visits.findLast((visit) => visit.status === 'failed' && visit.type !== 'Fail') ?? run.visits.at(-1);
  const cause = run.cause ?? last?.attempts.at(-1)?.cause;
  return (
    <ErrorPanel
      title={run.state === 'stopped' ? t('stopped') : t('title', { state: last?.state ?? '–' })}
      body={<span className="break-words">{cause ? causeSentence(cause) : (run.error ?? t('noCause'))}</span>}
      facts={[
        ...(run.error && run.state === 'failed'
          ? [{ label: t('error'), value: <span className="mono">{run.error}</span> }]
          : []),
        { label: t('todoLabel'), value: t('todo') },
      ]}
      actions={
        <>
          <LinkButton variant="primary" icon={Upload} href={routes.upload()}>
            {t('again')}
          </LinkButton>
          <CopyButton label={t('copy')} text={JSON.stringify({ run: run.id, error: run.error, cause }, null, 2)} />
        </>
      }
    >
      {cause && <ExplainedDenial said={cause} />}
    </ErrorPanel>
  );
}
