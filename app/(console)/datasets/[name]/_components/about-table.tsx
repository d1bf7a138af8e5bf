import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import { ZoneMark } from '../../_components/zone-mark';
import { useCadence } from './cadence';
import type { TablePage } from './loaded-table';
import { QualityFact } from './quality-fact';

/** What is known of the table beside its figures. */
export function AboutTable({ page: { dataset, isOwn, table, zone } }: { page: TablePage }) {
  const t = useTranslations('datasets');
  const classifications = useTranslations('datasets.classification');
  const cadence = useCadence();
  const prefix = /^s3[an]?:\/\/[^/]+\/(.*)$/.exec(table.location ?? '')?.[1];
  const location =
    zone && prefix ? <Link href={routes.files({ zone, prefix }) as Route}>{prefix}</Link> : table.location;
  return (
    <Panel title={t('facts')}>
      <KeyValue
        items={[
          ...(isOwn ? [{ label: t('dataset'), value: <span className="mono">{dataset}</span> }] : []),
          { label: t('list.zone'), value: zone ? <ZoneMark zone={zone} /> : t('list.elsewhere') },
          { label: t('list.format'), value: table.isView ? t('view') : (table.format ?? '–') },
          { label: t('location'), value: location ? <span className="mono break-all">{location}</span> : '–' },
          { label: t('list.owner'), value: table.owner ?? '–' },
          {
            label: t('edit.classification'),
            value: table.classification ? classifications(table.classification) : t('edit.unclassified'),
          },
          {
            label: t('edit.cadence'),
            value: table.cadenceHours === undefined ? t('edit.noCadence') : cadence(table.cadenceHours),
          },
          ...(isOwn
            ? [
                {
                  label: t('list.quality'),
                  value: (
                    <Suspense fallback="–">
                      <QualityFact database={table.database} name={table.name} />
                    </Suspense>
                  ),
                },
              ]
            : []),
          { label: t('entryChanged'), value: <RelativeTime value={table.updatedAt} /> },
        ]}
      />
    </Panel>
  );
}
