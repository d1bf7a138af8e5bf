'use client';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { useToast } from '@/components/ui/toast';
import type { UpdatePerson } from '@/lib/access/schemas';
import { updatePerson } from '../actions';

/** Changes one person and says so, or why not. */
export function useUpdatePerson() {
  const toast = useToast();
  const failed = useFailureToast();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const update = (change: UpdatePerson, said: string) =>
    startTransition(async () => {
      const result = await updatePerson(change);
      if (result.ok) toast({ state: 'succeeded', title: said });
      else failed(result.error);
      router.refresh();
    });
  return { update, isPending };
}
