'use client';
import { FastForward } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ErrorReport } from '@/lib/errors';
import { routes } from '@/lib/routes';
import { publishHeldAction } from '../../actions';

/** Asks for the reason: the rows go into the table although its rules speak against them, and people will ask why. */
export function PublishHeld({ id, table, file }: { id: string; table: string; file: string }) {
  const t = useTranslations('runs.publishHeld');
  const common = useTranslations('common');
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ErrorReport>();
  const [isStarting, start] = useTransition();
  const publish = () =>
    start(async () => {
      const result = await publishHeldAction({ id, reason });
      if (!result.ok) return setError(result.error);
      router.push(routes.run(result.data.id) as Route);
    });
  return (
    <>
      <Button icon={FastForward} onClick={() => setIsOpen(true)}>
        {t('do')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t('title', { file })}
        description={t('body', { table })}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>{common('cancel')}</Button>
            <Button variant="danger" isPending={isStarting} isDisabled={reason.trim().length < 3} onClick={publish}>
              {t('do')}
            </Button>
          </>
        }
      >
        <Field label={t('reason')} hint={t('reasonHint')} error={error?.fieldErrors?.reason}>
          {(control) => (
            <Input
              {...control}
              name="reason"
              value={reason}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {error && <Failure error={error} />}
      </Dialog>
    </>
  );
}
