'use client';
import { RotateCw } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { routes } from '@/lib/routes';
import type { FindingsSearch } from '../search-params';

/** Reads every policy anew: what was found in the last minutes is kept otherwise. */
export function LookAgain({ search: { since: _, ...search } }: { search: FindingsSearch }) {
  const t = useTranslations('access.findings');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const again = () =>
    startTransition(() => {
      router.replace(routes.accessFindings({ ...search, since: String(Date.now()) }) as Route);
    });
  return (
    <Button icon={RotateCw} isPending={isPending} onClick={again}>
      {t('again')}
    </Button>
  );
}
