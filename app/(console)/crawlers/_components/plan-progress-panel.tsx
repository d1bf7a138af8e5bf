import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress';
import type { PlanProgress } from '@/lib/crawlers/schemas';

/** How far a dry run is, and the way to stop it. */
export function PlanProgressPanel({
  progress,
  onCancel,
}: {
  progress: PlanProgress | undefined;
  onCancel: () => void;
}) {
  const t = useTranslations('crawler');
  const { files = 0, toRead = 0, found = 0, readBytes = 0, current } = progress ?? {};
  return (
    <Panel
      title={t('looking')}
      actions={
        <Button size="sm" icon={X} onClick={onCancel}>
          {t('cancel')}
        </Button>
      }
    >
      <div className="grid gap-1" aria-busy>
        <ProgressBar label={t('looking')} share={toRead > 0 ? files / toRead : 0} state="running" />
        <p className="muted tabular-nums">
          {toRead === 0
            ? t.rich('listing', { found: () => <Amount value={found} /> })
            : t.rich('lookedAt', {
                files: () => <Amount value={files} />,
                toRead: () => <Amount value={toRead} />,
                found: () => <Amount value={found} />,
                bytes: () => <Bytes value={readBytes} />,
              })}
        </p>
        {/* Its line is there from the start, so that nothing moves when a name comes. */}
        <p className="mono faint min-h-5 truncate text-xs" title={current}>
          {current && <span className="sr-only">{t('current')} </span>}
          {current}
        </p>
      </div>
    </Panel>
  );
}
