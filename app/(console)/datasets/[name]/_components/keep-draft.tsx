'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import type { ErrorReport } from '@/lib/errors';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import { keepContractAction } from '../../actions';

/** Says yes to a contract that was only inferred. */
export function KeepDraft({ dataset, contract, etag }: { dataset: string; contract: Contract; etag: string }) {
  const t = useTranslations('datasets.contract');
  const router = useRouter();
  const toast = useToast();
  const [error, setError] = useState<ErrorReport>();
  const [isKeeping, startKeeping] = useTransition();
  const keep = () =>
    startKeeping(async () => {
      const result = await keepContractAction({ dataset, contract, etag });
      if (!result.ok) return setError(result.error);
      toast({ state: 'succeeded', title: t('kept', { dataset }) });
      router.refresh();
    });
  return (
    <>
      <Button size="sm" isPending={isKeeping} onClick={keep}>
        {t('keep')}
      </Button>
      {error && <Failure error={error} />}
    </>
  );
}
