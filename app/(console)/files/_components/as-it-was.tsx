import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { routes } from '@/lib/routes';
import type { Zone } from '@/lib/storage/schemas';

/** The way to this folder at an earlier moment. */
export function AsItWas({ zone, prefix }: { zone: Zone; prefix: string }) {
  const t = useTranslations('files');
  return (
    <LinkButton size="sm" variant="ghost" icon={History} href={routes.pointInTime({ zone, prefix })}>
      {t('asItWasHere')}
    </LinkButton>
  );
}
