'use client';
import { useTranslations } from 'next-intl';
import { ColumnIcon } from '@/components/table/column-icon';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { canRenameColumns } from '@/lib/crawlers/edited-table';
import type { PlannedChange } from '@/lib/crawlers/schemas';
import type { PlannedColumn, Reason } from '@/lib/languages/crawl/crawl-plan.ts';
import type { ColumnChange } from '@/lib/languages/crawl/table-diff.ts';
import { ReasonList, ReasonText } from './reason-list';
import type { ColumnEdit, useTableEdits } from './use-table-edits';

interface PlannedColumnsProps {
  change: PlannedChange;
  edits: ReturnType<typeof useTableEdits>;
  isEditing: boolean;
}

/** The columns with their types, what of them would change, and why each is what it is. */
export function PlannedColumns({ change: { table, diff }, edits, isEditing }: PlannedColumnsProps) {
  const t = useTranslations('crawler');
  const changeOf = new Map(diff.columns.map((column) => [column.name, column]));
  const isNew = diff.kind === 'new';
  return (
    <Table label={t('columnsOf', { name: table.name })}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('type')}</th>
          {!isNew && <th scope="col">{t('change')}</th>}
          <th scope="col" className="w-full">
            {t('why')}
          </th>
        </tr>
      </thead>
      <tbody>
        {table.columns.map((column, index) => (
          <ColumnRow
            key={column.name}
            column={column}
            edit={edits.columns[index] ?? { from: column.name, name: column.name, type: column.type }}
            onEdit={(edited) => edits.setColumn(column.name, edited)}
            isEditing={isEditing}
            mayRename={canRenameColumns(table)}
            change={isNew ? undefined : changeOf.get(column.name)}
          />
        ))}
        {table.partitionKeys.map(({ name, type, reasons }) => (
          <tr key={`partition ${name}`}>
            <td>
              <span className="flex items-center gap-2">
                <ColumnIcon type={type} />
                <span className="mono">{name}</span>
                <Tag>{t('partitionKey')}</Tag>
              </span>
            </td>
            <td className="mono muted">{type}</td>
            {!isNew && <ChangeCell change={changeOf.get(name)} />}
            <td className="muted !whitespace-normal !py-1">
              <Why reasons={reasons} />
            </td>
          </tr>
        ))}
        {diff.columns
          .filter(({ change }) => change === 'removed')
          .map((column) => (
            <tr key={`removed ${column.name}`}>
              <td className="mono line-through">{column.name}</td>
              <td className="mono muted">{column.type}</td>
              <ChangeCell change={column} />
              <td className="muted">{t('gone')}</td>
            </tr>
          ))}
      </tbody>
    </Table>
  );
}

interface ColumnRowProps {
  column: PlannedColumn;
  edit: ColumnEdit;
  onEdit: (edited: Partial<ColumnEdit>) => void;
  isEditing: boolean;
  mayRename: boolean;
  /** Left out for a new table, of which all is new. */
  change: ColumnChange | undefined;
}

function ColumnRow({ column, edit, onEdit, isEditing, mayRename, change }: ColumnRowProps) {
  const t = useTranslations('crawler');
  return (
    <tr>
      <td>
        {isEditing && mayRename ? (
          <Input
            size="sm"
            isMono
            aria-label={t('columnName', { column: column.name })}
            value={edit.name}
            onChange={({ target }) => onEdit({ name: target.value })}
          />
        ) : (
          <span className="flex items-center gap-2" title={isEditing ? t('byName') : undefined}>
            <ColumnIcon type={edit.type} />
            <span className="mono">{edit.name}</span>
          </span>
        )}
      </td>
      <td className="mono muted">
        {isEditing ? (
          <Input
            size="sm"
            isMono
            aria-label={t('columnType', { column: column.name })}
            value={edit.type}
            onChange={({ target }) => onEdit({ type: target.value })}
          />
        ) : (
          edit.type
        )}
      </td>
      {change && <ChangeCell change={change} />}
      <td className="muted !whitespace-normal !py-1">
        <div className="grid gap-1">
          <Why reasons={column.reasons} />
          <Better column={column} edit={edit} onEdit={onEdit} mayRename={mayRename} />
        </div>
      </td>
    </tr>
  );
}

function ChangeCell({ change }: { change: ColumnChange | undefined }) {
  const t = useTranslations('crawler');
  return (
    <td>
      {change && (
        <Tag isOn={change.change !== 'same'}>
          {t(`changes.${change.change}`, { from: change.change === 'retyped' ? change.from : '' })}
        </Tag>
      )}
    </td>
  );
}

/** The first reason is the one that decided; the others open below it. */
function Why({ reasons: [first, ...others] }: { reasons: readonly Reason[] }) {
  const t = useTranslations('crawler');
  if (!first) return null;
  if (others.length === 0) return <ReasonText reason={first} />;
  return (
    <details>
      <summary className="cursor-pointer">
        <ReasonText reason={first} /> <span className="faint">{t('evidence', { count: others.length })}</span>
      </summary>
      <div className="mt-1">
        <ReasonList reasons={others} />
      </div>
    </details>
  );
}

type BetterProps = Pick<ColumnRowProps, 'column' | 'edit' | 'onEdit' | 'mayRename'>;

/** What would serve better than what Glue makes of the column, to be taken by a press. */
function Better({ column: { name, better }, edit, onEdit, mayRename }: BetterProps) {
  const t = useTranslations('crawler');
  if (!better) return null;
  const offers = [
    ...(better.name && mayRename && edit.name === name ? [{ value: better.name, edited: { name: better.name } }] : []),
    ...(better.type && edit.type !== better.type ? [{ value: better.type, edited: { type: better.type } }] : []),
  ];
  if (offers.length === 0) return null;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <ReasonText reason={better.reason} />
      {offers.map(({ value, edited }) => (
        <Button key={value} size="sm" onClick={() => onEdit(edited)}>
          {t('use', { value })}
          <span className="sr-only">{name}</span>
        </Button>
      ))}
    </span>
  );
}
