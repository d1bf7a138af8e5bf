import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PERIODS } from '@/lib/quality/dashboard/schemas';
import { routes } from '@/lib/routes';
import type { QualitySearch } from '../search-params';

export async function PeriodLinks({ search }: { search: QualitySearch }) {
  const t = await getTranslations('quality');
  return (
    <nav className="seg" aria-label={t('period')}>
      {PERIODS.map((days) => (
        <Link
          key={days}
          href={routes.quality({ ...search, days }) as Route}
          className={days === search.days ? 'on' : undefined}
          aria-current={days === search.days ? 'true' : undefined}
        >
          {t('days', { count: Number(days) })}
        </Link>
      ))}
    </nav>
  );
}
