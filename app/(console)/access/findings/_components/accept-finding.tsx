'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, TextArea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { ACCEPTED_DAYS_MAX, type FoundFinding } from '@/lib/access/findings/schemas';
import type { ErrorReport } from '@/lib/errors';
import { acceptFinding } from '../actions';

const DAY_MS = 86_400_000;
/** A quarter is what most people review such things by. */
const USUAL_DAYS = 90;

const dayAfter = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Lets a finding be, for a reason and until a day. */
export function AcceptFinding({ finding }: { finding: FoundFinding }) {
  const t = useTranslations('access.findings');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<ErrorReport>();
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    startTransition(async () => {
      const input = { key: finding.key, reason: String(given.get('reason')), until: String(given.get('until')) };
      const result = await acceptFinding(input);
      setError(result.ok ? undefined : result.error);
      if (!result.ok) return;
      setIsOpen(false);
      toast({ state: 'succeeded', title: t('accepted', { kind: t(`codes.${finding.code}.title`) }) });
      router.refresh();
    });
  };
  const fields = error?.fieldErrors ?? {};
  return (
    <>
      <Button size="sm" onClick={() => setIsOpen(true)}>
        {t('accept')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={(next) => {
          setIsOpen(next);
          setError(undefined);
        }}
        title={t('acceptTitle')}
        description={t('acceptBody')}
        footer={
          <>
            <Button variant="ghost" onClick={() => setIsOpen(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" form={formId} variant="primary" isPending={isPending}>
              {t('acceptSubmit')}
            </Button>
          </>
        }
      >
        <form id={formId} className="grid gap-3" onSubmit={submit} noValidate>
          <Field label={t('reason')} hint={t('reasonHint')} {...(fields.reason ? { error: fields.reason } : {})}>
            {(control) => <TextArea {...control} name="reason" required />}
          </Field>
          <Field label={t('until')} {...(fields.until ? { error: fields.until } : {})}>
            {(control) => (
              <Input
                {...control}
                type="date"
                name="until"
                min={dayAfter(0)}
                max={dayAfter(ACCEPTED_DAYS_MAX)}
                defaultValue={dayAfter(USUAL_DAYS)}
                required
              />
            )}
          </Field>
          {error && !error.fieldErrors && <Failure error={error} isInForm />}
        </form>
      </Dialog>
    </>
  );
}
