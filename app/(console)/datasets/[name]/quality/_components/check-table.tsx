'use client';
import { Play } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import { checkTable } from '@/lib/quality/query-options';
import { routes } from '@/lib/routes';

/** Evaluates the table now and shows what came of it. */
export function CheckTable({ table, isPrimary }: { table: string; isPrimary?: boolean }) {
  const t = useTranslations('tableQuality');
  const tq = useTranslations('quality');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const failed = useFailureToast();
  const control = useRef<AbortController>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    const stop = new AbortController();
    control.current = stop;
    setBusy(true);
    try {
      const { verdict } = await checkTable(table, stop.signal);
      toast({
        state: verdict === 'passed' ? 'succeeded' : 'rejected',
        title: t('done', { verdict: tq(`verdict.${verdict}`) }),
      });
      router.push(routes.datasetQuality(table) as Route);
      router.refresh();
    } catch (error) {
      const report = reportFrom(error);
      if (!stop.signal.aborted) failed(report, { title: t('failed'), body: report.message });
    } finally {
      setBusy(false);
    }
  };
  if (!isBusy) {
    return (
      <Button icon={Play} onClick={run} {...(isPrimary ? { variant: 'primary' } : {})}>
        {tq('checkNow')}
      </Button>
    );
  }
  return (
    <span className="flex items-center gap-2 text-xs">
      <State state="running">
        {t('checking')} <Elapsed />
      </State>
      <Button size="sm" onClick={() => control.current?.abort()}>
        {common('cancel')}
      </Button>
    </span>
  );
}

/** Seconds that passed: a check tells nothing before it ends. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span>{seconds} s</span>;
}
