'use client';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useToast } from '@/components/ui/toast';
import type { UpdatePerson } from '@/lib/access/schemas';
import { updatePerson } from '../actions';

/** Changes one person and says so, or why not. */
export function useUpdatePerson() {
  const toast = useToast();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const update = (change: UpdatePerson, said: string) =>
    startTransition(async () => {
      const result = await updatePerson(change);
      toast(result.ok ? { state: 'succeeded', title: said } : { state: 'failed', title: result.error.message });
      router.refresh();
    });
  return { update, isPending };
}
