'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Count } from '@/components/ui/tag';
import { Time } from '@/components/ui/time';
import type { FoundFinding } from '@/lib/access/findings/schemas';
import { withdrawAcceptance } from '../actions';
import { FindingPlace } from './finding-card';

/** What somebody lets be: who, why, and until when. */
export function AcceptedList({ findings }: { findings: readonly FoundFinding[] }) {
  const t = useTranslations('access.findings');
  if (findings.length === 0) return null;
  return (
    <Panel title={t('acceptedTitle')} aside={<Count>{findings.length}</Count>} isFlush>
      <ul>
        {findings.map((finding) => (
          <Accepted key={finding.key} finding={finding} />
        ))}
      </ul>
    </Panel>
  );
}

function Accepted({ finding }: { finding: FoundFinding }) {
  const t = useTranslations('access.findings');
  const router = useRouter();
  const failed = useFailureToast();
  const [isPending, startTransition] = useTransition();
  const { key, code, acceptance } = finding;
  const withdraw = () =>
    startTransition(async () => {
      const result = await withdrawAcceptance({ key });
      if (!result.ok) failed(result.error);
      router.refresh();
    });
  return (
    <li className="flex flex-wrap items-start gap-3 border-line border-b px-4 py-3 last:border-b-0">
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="font-medium">{t(`codes.${code}.title`)}</p>
        <FindingPlace finding={finding} />
        <p className="[overflow-wrap:anywhere]">{acceptance?.reason}</p>
        <p className="muted text-xs">
          {t.rich('acceptedBy', {
            by: acceptance?.by ?? '',
            at: () => <Time value={acceptance?.at} />,
            until: () => <Time value={acceptance?.until} />,
          })}
        </p>
      </div>
      <Button size="sm" isPending={isPending} onClick={withdraw}>
        {t('withdraw')}
      </Button>
    </li>
  );
}
