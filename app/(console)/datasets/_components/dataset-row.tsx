'use client';
import { Eye, Files, ShieldCheck, Table2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import type { ListedDataset, TableScore } from '@/lib/catalog/schemas';
import { routes } from '@/lib/routes';
import { FreshnessMark } from './freshness-mark';
import { ScoreMark } from './score-mark';
import { ZoneMark } from './zone-mark';

interface DatasetRowProps {
  dataset: ListedDataset;
  isOwn: boolean;
  /** `none`: it was not evaluated yet, or has no rules; undefined where there is no column for it. */
  score: TableScore | 'none' | undefined;
  now: number;
  /** Its link is in the tab order. */
  isActive: boolean;
  onActivate: () => void;
}

export function DatasetRow({ dataset, isOwn, score, now, isActive, onActivate }: DatasetRowProps) {
  const t = useTranslations('datasets');
  const { address, database, name, zone, columnCount, rows, sizeBytes, owner, format, isView } = dataset;
  const isTable = columnCount !== undefined;
  const isComputed = isOwn && name !== dataset.dataset;
  return (
    <tr onFocus={onActivate}>
      <td>
        <span className={isComputed ? 'flex items-center gap-2 pl-5' : 'flex items-center gap-2'}>
          <Icon of={isView ? Eye : isTable ? Table2 : Files} size="s" />
          <Link
            data-main
            className="mono max-w-[44ch] truncate max-sm:max-w-[24ch]"
            href={routes.dataset(address) as Route}
            prefetch={false}
            tabIndex={isActive ? 0 : -1}
            title={dataset.description}
          >
            {isOwn ? name : `${database}.${name}`}
          </Link>
        </span>
      </td>
      <td>{zone ? <ZoneMark zone={zone} /> : <span className="muted">–</span>}</td>
      <td>
        <FreshnessMark dataset={dataset} now={now} />
      </td>
      {score && (
        <td className="num">
          <ScoreMark score={score} />
        </td>
      )}
      <td className="num">
        <Amount value={rows} />
      </td>
      <td className="num">
        <Bytes value={sizeBytes} />
      </td>
      <td className="max-w-48 truncate" title={owner}>
        {owner ?? <span className="muted">–</span>}
      </td>
      <td className="muted">{isTable ? (format ?? '–') : <Tag>{t('filesOnly')}</Tag>}</td>
      <td>
        <Tags dataset={dataset} />
      </td>
    </tr>
  );
}

function Tags({ dataset: { classification, tags = [] } }: { dataset: ListedDataset }) {
  const t = useTranslations('datasets.classification');
  return (
    <span className="flex gap-1">
      {(classification === 'confidential' || classification === 'personal') && (
        <Tag isOn>
          <Icon of={ShieldCheck} size="s" />
          {t(classification)}
        </Tag>
      )}
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}
