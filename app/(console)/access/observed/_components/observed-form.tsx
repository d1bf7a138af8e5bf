'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { OBSERVED_PERIODS } from '@/lib/access/observed/schemas';
import { routes } from '@/lib/routes';
import type { ObservedSearch } from '../search-params';

/** Whose, and how far back: a choice is an address. */
export function ObservedForm({ roles, search }: { roles: readonly string[]; search: ObservedSearch }) {
  const t = useTranslations('access.observed');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const go = ({ role, days }: ObservedSearch) =>
    startTransition(() => router.replace(routes.observedAccess({ ...(role ? { role } : {}), days }) as Route));
  return (
    <div className="flex flex-wrap items-end gap-3" aria-busy={isPending}>
      <Field label={t('role')}>
        {(control) => (
          <Select
            {...control}
            value={search.role ?? ''}
            onChange={({ target }) => go({ ...search, role: target.value || undefined })}
          >
            <option value="">{t('chooseRole')}</option>
            {roles.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Segmented
        label={t('period')}
        value={search.days}
        options={OBSERVED_PERIODS.map((days) => ({ value: days, label: t('days', { count: Number(days) }) }))}
        onChange={(days) => go({ ...search, days })}
      />
    </div>
  );
}
