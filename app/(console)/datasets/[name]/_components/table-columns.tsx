'use client';
import { Pencil } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { SearchInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { TableColumn } from '@/lib/catalog/schemas';
import type { ColumnProfile, TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { routes } from '@/lib/routes';
import { ColumnRow } from './column-row';
import { useMetadataEdit } from './use-metadata-edit';

/** Fewer are looked over faster than they are searched. */
const WORTH_SEARCHING = 10;

interface TableColumnsProps {
  /** As the address has it. */
  table: string;
  columns: readonly TableColumn[];
  partitionKeys: readonly string[];
  mayEdit: boolean;
  /** What was measured last, and when; without it the columns show what the catalog knows. */
  profile?: Pick<TableProfile, 'rows' | 'profiledAt' | 'columns'>;
}

export function TableColumns(props: TableColumnsProps) {
  const { table, columns, partitionKeys, mayEdit, profile } = props;
  const t = useTranslations('datasets');
  const [isEditing, setIsEditing] = useState(false);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  // A form saves what it shows: none of it may be out of sight.
  const shown = isEditing ? columns : columns.filter((column) => textOf(column).includes(wanted));
  const measured = new Map(profile?.columns.map((column) => [column.name, column]));
  const rows = (original?: Comments) => (
    <ColumnTable
      isCommented={isEditing || columns.some(({ comment }) => comment)}
      rows={profile?.rows}
      columns={shown.map((column) => ({
        column,
        isKey: partitionKeys.includes(column.name),
        measured: measured.get(column.name),
      }))}
      {...(original ? { original } : {})}
    />
  );
  return (
    <Panel
      isFlush
      title={t('columns')}
      aside={
        <>
          {columns.length}
          {profile && (
            <>
              {' · '}
              <Link href={routes.datasetProfile(table) as Route}>
                {t.rich('profiled', { at: () => <RelativeTime value={profile.profiledAt} /> })}
              </Link>
            </>
          )}
        </>
      }
      actions={
        !isEditing && (
          <>
            {columns.length > WORTH_SEARCHING && (
              <SearchInput label={t('findColumn')} value={search} onChange={({ target }) => setSearch(target.value)} />
            )}
            {mayEdit && (
              <Button size="sm" variant="ghost" icon={Pencil} onClick={() => setIsEditing(true)}>
                {t('editComments')}
              </Button>
            )}
          </>
        )
      }
    >
      {isEditing ? (
        <CommentForm table={table} columns={columns} onClose={() => setIsEditing(false)}>
          {rows}
        </CommentForm>
      ) : (
        rows()
      )}
      {shown.length === 0 && <p className="muted px-4 py-3">{t('noColumn')}</p>}
    </Panel>
  );
}

function textOf({ name, type, comment = '' }: TableColumn): string {
  return `${name}\n${type}\n${comment}`.toLowerCase();
}

/** What a form of comments shows: the texts as they were, and what others have written since. */
export interface Comments {
  before: Readonly<Record<string, string>>;
  theirs: Readonly<Record<string, string>>;
}

interface CommentFormProps {
  table: string;
  columns: readonly TableColumn[];
  onClose: () => void;
  children: (comments: Comments) => React.ReactNode;
}

function CommentForm({ table, columns, onClose, children }: CommentFormProps) {
  const t = useTranslations('datasets');
  const common = useTranslations('common');
  const toast = useToast();
  const id = useId();
  const [before] = useState(() =>
    Object.fromEntries(columns.map(({ name, comment = '' }) => [`comments.${name}`, comment])),
  );
  const { save, theirs, error, isPending } = useMetadataEdit(table, before);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].map(([field, value]) => [field, String(value).trim()]);
    save(Object.fromEntries(given), () => {
      toast({ state: 'succeeded', title: t('edit.saved', { table }) });
      onClose();
    });
  };
  return (
    <form id={id} onSubmit={submit}>
      {error && (
        <div className="p-3">
          <Failure error={error} isInForm />
        </div>
      )}
      {children({ before, theirs })}
      <div className="flex justify-end gap-2 px-4 py-2">
        <Button size="sm" variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" isPending={isPending}>
          {t('edit.save')}
        </Button>
      </div>
    </form>
  );
}

interface ColumnTableProps {
  columns: readonly { column: TableColumn; isKey: boolean; measured: ColumnProfile | undefined }[];
  isCommented: boolean;
  /** How many were profiled; undefined where none were. */
  rows: number | undefined;
  original?: Comments;
}

function ColumnTable({ columns, isCommented, rows, original }: ColumnTableProps) {
  const t = useTranslations('datasets');
  return (
    <Table label={t('columns')}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('type')}</th>
          {rows !== undefined && (
            <>
              <th scope="col">{t('missing')}</th>
              <th scope="col">{t('distribution')}</th>
              <th scope="col">{t('range')}</th>
              <th scope="col" className="num">
                {t('distinct')}
              </th>
            </>
          )}
          <th scope="col" className="w-full">
            {isCommented ? t('comment') : <span className="sr-only">{t('comment')}</span>}
          </th>
        </tr>
      </thead>
      <tbody>
        {columns.map((each) => (
          <ColumnRow key={each.column.name} {...each} rows={rows} {...(original ? { original } : {})} />
        ))}
      </tbody>
    </Table>
  );
}
