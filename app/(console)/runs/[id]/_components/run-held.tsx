'use client';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import type { Fact } from '@/components/ui/facts';
import { GateCause } from '@/lib/languages/quality/quality-answer.ts';
import { routes } from '@/lib/routes';
import { fileName } from '@/lib/runs/run-name';
import type { Run } from '@/lib/runs/schemas';
import { PublishHeld } from './publish-held';

/** Which rules keep the file's rows out of the table, where the rows are, and the two ways on. */
export function RunHeld({ run, mayPublish }: { run: Run; mayPublish: boolean }) {
  const t = useTranslations('runs.held');
  const cause = causeOf(run);
  const table = cause?.table ?? run.dataset ?? '–';
  const file = run.file ? fileName(run.file.key) : '–';
  const facts: Fact[] = [
    ...(cause ? [{ label: t('rules'), value: <Amount value={cause.ruleCount} /> }] : []),
    { label: t('rowsNow'), value: t('staged') },
    { label: t('todoLabel'), value: mayPublish ? t('todoEngineer') : t('todo') },
  ];
  return (
    <ErrorPanel
      tone="held"
      title={t('title', { table, file })}
      body={t('unchanged')}
      facts={facts}
      actions={
        <>
          <LinkButton variant="primary" icon={Upload} href={routes.upload()}>
            {t('again')}
          </LinkButton>
          {mayPublish && <PublishHeld id={run.id} table={table} file={file} />}
        </>
      }
    />
  );
}

function causeOf({ cause }: Run): GateCause | undefined {
  try {
    return GateCause.safeParse(JSON.parse(cause ?? 'null')).data;
  } catch {
    return undefined;
  }
}
