'use client';
import { Play } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { routes } from '@/lib/routes';
import { shortRunId } from '@/lib/runs/run-name';
import { rerunFileAction } from '../actions';

/** Runs the pipeline on the file as it is: for one whose contract, graph or luck has changed. */
export function RunAgain({ fileKey }: { fileKey: string }) {
  const t = useTranslations('versions');
  const router = useRouter();
  const toast = useToast();
  const failed = useFailureToast();
  const [isStarting, start] = useTransition();
  const again = () =>
    start(async () => {
      const result = await rerunFileAction({ key: fileKey });
      if (!result.ok) return failed(result.error, { title: t('again.failed'), body: result.error.message });
      const { id } = result.data;
      const see = { label: t('again.see'), onClick: () => router.push(routes.run(id) as Route) };
      toast({ state: 'running', title: t('again.started', { id: shortRunId(id) }), action: see });
      router.refresh();
    });
  return (
    <Button icon={Play} isPending={isStarting} onClick={again}>
      {t('again.do')}
    </Button>
  );
}
