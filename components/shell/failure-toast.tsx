'use client';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { ExplainedDenial } from '@/components/access/explained-denial';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { type ToastMessage, useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import { readDenial } from '@/lib/languages/iam-policy/read-denial.ts';

const WhyContext = createContext<(said: string) => void>(() => undefined);

/** Where toasts of what AWS refused lead to: a toast goes away, and why something is refused takes longer to read. */
export function DenialDialog({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const [said, setSaid] = useState<string>();
  const close = () => setSaid(undefined);
  return (
    <WhyContext value={setSaid}>
      {children}
      <Dialog
        isOpen={said !== undefined}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={t('access.denial.dialog')}
        footer={<Button onClick={close}>{t('common.close')}</Button>}
      >
        {said && <ExplainedDenial said={said} />}
      </Dialog>
    </WhyContext>
  );
}

/** Says in a toast why something failed; what AWS refused can be asked why. */
export function useFailureToast(): (error: ErrorReport, message?: Partial<ToastMessage>) => void {
  const label = useTranslations('access.denial')('why');
  const toast = useToast();
  const askWhy = use(WhyContext);
  // The same from one rendering to the next: effects depend on it.
  return useCallback(
    ({ message, details }, more = {}) => {
      const said = details?.said;
      const isDenial = typeof said === 'string' && readDenial(said) !== undefined;
      const why = isDenial ? { action: { label, onClick: () => askWhy(said) } } : {};
      toast({ state: 'failed', title: message, ...why, ...more });
    },
    [label, toast, askWhy],
  );
}
