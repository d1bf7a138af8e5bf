import { SquareTerminal } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { formatNumber, formatShare } from '@/lib/format/number';
import { equalRows } from '@/lib/languages/quality/profile-rows.ts';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { routes } from '@/lib/routes';

/** The table in a line, before its columns. */
export function ProfileFacts({ profile }: { profile: TableProfile }) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const { rows, columns, duplicates } = profile;
  const nulls = columns.reduce((sum, column) => sum + column.nulls, 0);
  const sensitive = columns.filter((column) => column.sensitive).length;
  const equal = duplicates === undefined ? t('facts.notLooked') : formatNumber(duplicates, locale);
  return (
    <div className="panel px-4 py-3">
      <Facts
        items={[
          { label: t('facts.rows'), value: formatNumber(rows, locale) },
          { label: t('facts.columns'), value: formatNumber(columns.length, locale) },
          {
            label: t('facts.missing'),
            value: t('withShare', {
              count: formatNumber(nulls, locale),
              share: formatShare(rows === 0 ? 0 : nulls / (rows * columns.length), locale),
            }),
          },
          {
            label: t('facts.duplicates'),
            value: (
              <span className="inline-flex items-center gap-2">
                {equal}
                {duplicates ? (
                  <LinkButton
                    size="sm"
                    variant="ghost"
                    icon={SquareTerminal}
                    href={routes.sql({ query: equalRows(profile) })}
                  >
                    {t('seeRows')}
                  </LinkButton>
                ) : null}
              </span>
            ),
          },
          { label: t('facts.sensitive'), value: t('facts.sensitiveColumns', { count: sensitive }) },
        ]}
      />
    </div>
  );
}
