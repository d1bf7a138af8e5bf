'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useFailureToast } from '@/components/shell/failure-toast';
import { useToast } from '@/components/ui/toast';
import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { RestoredFile, Zone } from '@/lib/storage/schemas';
import type { Entry } from './listing';

/** Brings one deleted file back as the version that it was last, unless somebody wrote it anew meanwhile. */
export function useUndelete(zone: Zone) {
  const t = useTranslations('files');
  const toast = useToast();
  const failed = useFailureToast();
  const router = useRouter();
  return async ({ key, name, lastVersionId }: Extract<Entry, { kind: 'deleted' }>) => {
    try {
      const files = [{ key, versionId: lastVersionId, seen: null }];
      const [result] = await fetchJson<RestoredFile[]>('/api/files/restore', { body: { zone, files } });
      if (result?.outcome === 'restored') toast({ state: 'succeeded', title: t('undeleted', { name }) });
      else if (result?.error) failed(result.error);
      else toast({ state: 'failed', title: t('left.changed') });
    } catch (error) {
      failed(reportFrom(error));
    }
    router.refresh();
  };
}
