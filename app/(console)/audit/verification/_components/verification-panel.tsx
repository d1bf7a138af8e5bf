'use client';
import { ShieldCheck, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Failure } from '@/components/shell/failure';
import { Amount } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/time';
import type { KeptVerification } from '@/lib/audit';
import { useVerification } from './use-verification';

interface VerificationPanelProps<T> {
  name: 'console' | 'aws';
  address: string;
  last: KeptVerification<T> | undefined;
  show: (result: T) => ReactNode;
}

export function VerificationPanel<T>({ name, address, last, show }: VerificationPanelProps<T>) {
  const t = useTranslations('audit.verification');
  const { progress, kept, error, isRunning, start, cancel } = useVerification(address, last);
  return (
    <Panel
      title={t(`${name}.title`)}
      actions={
        isRunning ? (
          <Button size="sm" icon={X} onClick={cancel}>
            {t('cancel')}
          </Button>
        ) : (
          <Button size="sm" icon={ShieldCheck} variant="primary" onClick={start}>
            {t(`${name}.verify`)}
          </Button>
        )
      }
    >
      <div className="grid gap-3" aria-busy={isRunning}>
        <p className="muted max-w-prose">{t(`${name}.what`)}</p>
        {isRunning && (
          <div className="grid gap-1">
            <ProgressBar
              label={t(`${name}.title`)}
              share={progress && progress.total > 0 ? progress.checked / progress.total : 0}
              state="running"
            />
            <p className="muted text-xs tabular-nums">
              {t.rich('progress', {
                checked: () => <Amount value={progress?.checked ?? 0} />,
                total: () => <Amount value={progress?.total ?? 0} />,
              })}
            </p>
          </div>
        )}
        {error && <Failure error={error} isInForm />}
        <div role="status" className="grid gap-3">
          {kept && !isRunning && (
            <>
              {show(kept.result)}
              <p className="faint text-xs">
                {t.rich('last', { at: () => <RelativeTime value={kept.at} />, by: () => <>{kept.by}</> })}
              </p>
            </>
          )}
          {!kept && !isRunning && <p className="faint">{t('never')}</p>}
        </div>
      </div>
    </Panel>
  );
}
