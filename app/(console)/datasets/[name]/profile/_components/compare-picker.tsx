'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Select } from '@/components/ui/input';
import { formatTime } from '@/lib/format/time';
import { routes } from '@/lib/routes';

interface ComparePickerProps {
  table: string;
  /** When the profiles that are kept were begun, newest first. */
  known: readonly string[];
  to: string;
  from?: string;
}

/** Chooses an earlier profile to compare with. */
export function ComparePicker({ table, known, to, from }: ComparePickerProps) {
  const t = useTranslations('profile');
  const router = useRouter();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const earlier = known.filter((profiledAt) => profiledAt < to);
  return (
    <Select
      aria-label={t('compare.with')}
      value={from ?? ''}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        router.push(routes.datasetProfile(table, chosen ? { from: chosen, to } : {}) as Route);
      }}
    >
      <option value="">{t(from ? 'compare.none' : 'compare.with')}</option>
      {earlier.map((profiledAt) => (
        <option key={profiledAt} value={profiledAt}>
          {formatTime(new Date(profiledAt), { locale, timeZone, withSeconds: true })}
        </option>
      ))}
    </Select>
  );
}
