'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ErrorReport } from '@/lib/errors';
import { runOptions } from '@/lib/runs/query-options';
import { stopRunAction } from '../../actions';

/** Asks first: what a job has written by then is not taken back. */
export function StopRun({ id }: { id: string }) {
  const t = useTranslations();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<ErrorReport>();
  const [isStopping, startStopping] = useTransition();
  const stop = () =>
    startStopping(async () => {
      const result = await stopRunAction({ id });
      if (!result.ok) return setError(result.error);
      setIsOpen(false);
      await client.invalidateQueries(runOptions(id));
    });
  return (
    <>
      <Button variant="danger" icon={Square} onClick={() => setIsOpen(true)}>
        {t('runs.stop')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t('runs.stopTitle')}
        description={t('runs.stopBody')}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>{t('common.cancel')}</Button>
            <Button variant="danger" isPending={isStopping} onClick={stop}>
              {t('runs.stop')}
            </Button>
          </>
        }
      >
        {error && <Failure error={error} />}
      </Dialog>
    </>
  );
}
