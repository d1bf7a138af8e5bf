'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { cancelProfile, profileRunKey } from '@/lib/quality/profile/query-options';
import type { ProfileRun } from '@/lib/quality/profile/schemas';

export function ProfileProgress({ table, run, mayCancel }: { table: string; run: ProfileRun; mayCancel: boolean }) {
  const t = useTranslations('profile');
  const client = useQueryClient();
  const [error, setError] = useState<ErrorReport>();
  const [isCancelling, setIsCancelling] = useState(false);
  const { done, total } = run.statements;
  const cancel = async () => {
    setIsCancelling(true);
    try {
      await cancelProfile(table);
      await client.invalidateQueries({ queryKey: profileRunKey(table) });
    } catch (cause) {
      setError(reportFrom(cause));
    } finally {
      setIsCancelling(false);
    }
  };
  return (
    <Panel
      title={t('running.title')}
      aside={t('running.by', { by: run.by })}
      actions={
        mayCancel && (
          <Button size="sm" isPending={isCancelling} onClick={cancel}>
            {t('running.cancel')}
          </Button>
        )
      }
    >
      <div className="grid gap-2">
        <ProgressBar label={t('running.title')} share={total === 0 ? 0 : done / total} state="running" />
        <p className="muted tabular-nums" aria-live="polite">
          {t('running.statements', { done, total })} · <Bytes value={run.scannedBytes} /> {t('running.scanned')}
        </p>
        {error && <Failure error={error} isInForm />}
      </div>
    </Panel>
  );
}
