import { useTranslations } from 'next-intl';
import { ColumnIcon } from '@/components/table/column-icon';
import { Amount, Bytes } from '@/components/ui/amount';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import type { ListedPartition } from '@/lib/catalog/schemas';

export interface PartitionKey {
  name: string;
  type: string;
}

interface PartitionTableProps {
  keys: readonly PartitionKey[];
  partitions: readonly ListedPartition[];
}

export function PartitionTable({ keys, partitions }: PartitionTableProps) {
  const t = useTranslations('partitions');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          {keys.map(({ name, type }) => (
            <th key={name} scope="col">
              <span className="inline-flex items-center gap-2">
                <ColumnIcon type={type} />
                <span className="mono">{name}</span>
              </span>
            </th>
          ))}
          <th scope="col" className="num">
            {t('rows')}
          </th>
          <th scope="col" className="num">
            {t('files')}
          </th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">{t('added')}</th>
          <th scope="col" className="w-full">
            {t('location')}
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map((partition) => (
          <tr key={partition.values.join('/')}>
            {keys.map(({ name }, index) => (
              <td key={name} className="mono">
                {partition.values[index]}
              </td>
            ))}
            <td className="num">
              <Amount value={partition.rows} />
            </td>
            <td className="num">
              {partition.isCut && <AtLeast />}
              <Amount value={partition.files} />
            </td>
            <td className="num">
              {partition.isCut && <AtLeast />}
              <Bytes value={partition.sizeBytes} />
            </td>
            <td className="muted">
              <RelativeTime value={partition.createdAt} />
            </td>
            <td className="mono muted">{partition.location ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function AtLeast() {
  const t = useTranslations('partitions');
  return <abbr title={t('atLeastHint')}>≥ </abbr>;
}
