'use client';
import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress';
import { useToast } from '@/components/ui/toast';
import { reportFrom } from '@/lib/fetch-json';
import { checkTable } from '@/lib/quality/query-options';

/** Evaluates every table, one after the other: each is a query of its own, and what is under way can be left. */
export function CheckAll({ tables }: { tables: readonly string[] }) {
  const t = useTranslations('quality');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const stop = useRef<AbortController>(null);
  const [done, setDone] = useState<number>();
  const run = async () => {
    const control = new AbortController();
    stop.current = control;
    const failed: string[] = [];
    for (const [index, table] of tables.entries()) {
      if (control.signal.aborted) break;
      setDone(index);
      await checkTable(table, control.signal).catch((error: unknown) => {
        if (!control.signal.aborted) failed.push(`${table}: ${reportFrom(error).message}`);
      });
    }
    setDone(undefined);
    if (failed.length > 0)
      toast({ state: 'failed', title: t('checkFailed', { count: failed.length }), body: failed[0] });
    else if (!control.signal.aborted) toast({ state: 'succeeded', title: t('checkedAll', { count: tables.length }) });
    router.refresh();
  };
  if (done === undefined) {
    return (
      <Button icon={Play} onClick={run} isDisabled={tables.length === 0}>
        {t('checkNow')}
      </Button>
    );
  }
  return (
    <span className="flex items-center gap-2 text-xs">
      <span role="status">{t('checking', { done: done + 1, total: tables.length, table: tables[done] ?? '' })}</span>
      <span className="w-20">
        <ProgressBar label={t('checkProgress')} share={done / tables.length} state="running" />
      </span>
      <Button size="sm" onClick={() => stop.current?.abort()}>
        {common('cancel')}
      </Button>
    </span>
  );
}
