'use client';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { ColumnIcon } from '@/components/table/column-icon';
import { Null, Table } from '@/components/ui/table';
import type { ContractColumn } from '@/lib/languages/contract/contract.ts';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import type { FirstRows } from '@/lib/languages/file-format/first-rows.ts';
import { columnKind } from '@/lib/query/column-kind';
import styles from './upload-desk.module.css';
import { useFormatText } from './use-format-text';

/** The file's beginning as it stands on this computer: its columns with their types, and the first rows. */
export function RowLook({ id, inspection, first }: { id: string; inspection: Inspection; first: FirstRows }) {
  const t = useTranslations('upload.look');
  const formatText = useFormatText();
  const columns = inspection.contract?.schema[0].properties ?? [];
  const shown = first.columns.map((name) => {
    const column = columns.find((each) => each.physicalName === name.trim());
    return { name, column, isNumber: column !== undefined && columnKind(column.physicalType) === 'number' };
  });
  return (
    <div id={id} className={styles.look}>
      <p className="muted mb-2 text-xs">{formatText(inspection)}</p>
      {first.columns.length === 0 ? (
        <p className="muted">{t('noTable')}</p>
      ) : (
        <div className="panel clip">
          <Table label={t('firstRows')}>
            <thead>
              <tr>
                {shown.map(({ name, column, isNumber }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two columns alike, and never changes.
                  <th key={at} scope="col" className={isNumber ? 'num' : undefined}>
                    <ColumnHead name={name} column={column} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {first.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                <tr key={at}>
                  {row.map((value, field) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                      key={field}
                      className={clsx('mono max-w-80 overflow-hidden text-ellipsis', shown[field]?.isNumber && 'num')}
                    >
                      {value ?? <Null />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {first.columns.length > 0 && first.rows.length === 0 && <p className="muted mt-2">{t('noRows')}</p>}
    </div>
  );
}

function ColumnHead({ name, column }: { name: string; column: ContractColumn | undefined }) {
  return (
    <span className="flex items-center gap-1.5">
      {column && <ColumnIcon type={column.physicalType} />}
      <span className="mono">{name}</span>
      {column && <span className="faint mono font-normal text-xs">{column.physicalType}</span>}
    </span>
  );
}
