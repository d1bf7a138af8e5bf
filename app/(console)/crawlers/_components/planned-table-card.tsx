'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Check, Pencil, Pin, PinOff, Undo2 } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Failure } from '@/components/shell/failure';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Amount, Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import { useToast } from '@/components/ui/toast';
import { plansKey } from '@/lib/crawlers/query-options';
import { type PlannedChange, type PlanSource, seenColumns } from '@/lib/crawlers/schemas';
import type { ErrorReport } from '@/lib/errors';
import { routes } from '@/lib/routes';
import { acceptTable, pinTable } from '../actions';
import { PlannedColumns } from './planned-columns';
import { ReasonList } from './reason-list';
import { useTableEdits } from './use-table-edits';

interface CardProps {
  change: PlannedChange;
  database: string;
  source: PlanSource;
  /** Why the person may not change the catalog. */
  mayNot: string | undefined;
}

/** One table that a crawl would make or change: what of it, why, and the person’s say in it. */
export function PlannedTableCard({ change, database, source, mayNot }: CardProps) {
  const t = useTranslations('crawler');
  const { table, diff, isPinned, partitionCount } = change;
  const edits = useTableEdits(table);
  const [isEditing, setIsEditing] = useState(false);
  const [error, setError] = useState<ErrorReport>();
  return (
    <Panel
      isFlush
      title={<span className="mono">{edits.name}</span>}
      aside={
        <span className="inline-flex gap-1">
          <Tag isOn={diff.kind !== 'same'}>{t(`kinds.${diff.kind}`)}</Tag>
          {isPinned && <Tag>{t('pinned')}</Tag>}
        </span>
      }
      actions={
        <span className="flex flex-wrap items-center justify-end gap-2">
          {diff.kind !== 'new' && (
            <PinButton database={database} name={table.name} isPinned={isPinned} mayNot={mayNot} />
          )}
          <Button
            size="sm"
            icon={isEditing ? Undo2 : Pencil}
            onClick={() => {
              if (isEditing) edits.reset();
              setIsEditing(!isEditing);
            }}
          >
            {t(isEditing ? 'undoEdit' : 'edit')}
            <span className="sr-only">{table.name}</span>
          </Button>
          <AcceptButton change={change} source={source} edits={edits} mayNot={mayNot} onError={setError} />
        </span>
      }
    >
      <div className="pb grid grid-cols-[minmax(0,1fr)] gap-3">
        {error && !error.fieldErrors?.name && <Failure error={error} isInForm />}
        <p className="mono muted break-all">
          <span className="sr-only">{t('location')} </span>
          {table.location}
        </p>
        <Facts
          items={[
            { label: t('format'), value: <span className="mono">{table.classification}</span> },
            { label: t('files'), value: t('filesRead', { count: table.files.count, read: table.files.read }) },
            { label: t('rows'), value: <Amount value={table.files.rows} /> },
            { label: t('size'), value: <Bytes value={table.files.sizeBytes} /> },
            ...(partitionCount > 0 ? [{ label: t('partitions'), value: <Amount value={partitionCount} /> }] : []),
          ]}
        />
        {isEditing && (
          <div className="max-w-sm">
            <Field label={t('tableName')} error={error?.fieldErrors?.name}>
              {(control) => (
                <Input {...control} isMono value={edits.name} onChange={({ target }) => edits.setName(target.value)} />
              )}
            </Field>
          </div>
        )}
        <Naming table={table} name={edits.name} onUse={edits.setName} />
        {diff.library && <p className="muted">{t('serdeWas', shortLibraries(diff.library))}</p>}
        <details>
          <summary className="cursor-pointer">{t('tableWhy')}</summary>
          <div className="muted mt-2">
            <ReasonList reasons={table.reasons} />
          </div>
        </details>
      </div>
      <PlannedColumns change={change} edits={edits} isEditing={isEditing} />
    </Panel>
  );
}

const shortLibraries = ({ from, to }: { from: string; to: string }) => ({
  from: from.split('.').at(-1) ?? from,
  to: to.split('.').at(-1) ?? to,
});

/** Glue's name and the better one; either can be had. */
function Naming({
  table,
  name,
  onUse,
}: {
  table: PlannedChange['table'];
  name: string;
  onUse: (name: string) => void;
}) {
  const t = useTranslations('crawler');
  const other = name === table.name ? table.betterName : table.name;
  const code = table.reasons.find((reason) => ['nameDoubled', 'nameHash', 'nameDigit'].includes(reason.code));
  if (!table.betterName || !other) return null;
  return (
    <p className="flex flex-wrap items-center gap-2">
      {code && <span>{t(`reasons.${code.code}`, code.values)}</span>}
      <Button size="sm" onClick={() => onUse(other)}>
        {t('use', { value: other })}
      </Button>
    </p>
  );
}

interface AcceptProps extends Omit<CardProps, 'database'> {
  edits: ReturnType<typeof useTableEdits>;
  onError: (error: ErrorReport | undefined) => void;
}

function AcceptButton({ change: { table, diff }, source, edits, mayNot, onError }: AcceptProps) {
  const t = useTranslations('crawler');
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [isPending, start] = useTransition();
  const isEdited =
    edits.name !== table.name ||
    edits.columns.some(({ from, name, type }) => from !== name || type !== typeOf(table, from));
  const accept = () =>
    start(async () => {
      const { name, columns } = edits;
      const result = await acceptTable({ source, location: table.location, seen: seenColumns(table), name, columns });
      onError(result.ok ? undefined : result.error);
      if (!result.ok) return;
      const sql = `SELECT * FROM ${result.data.name} LIMIT 100`;
      const action = { label: t('query'), onClick: () => router.push(routes.sql({ query: sql }) as Route) };
      toast({ state: 'succeeded', title: t('accepted', { name: result.data.name }), action });
      void client.invalidateQueries({ queryKey: plansKey });
    });
  if (diff.kind === 'same' && !isEdited) return null;
  return (
    <Button size="sm" variant="primary" icon={Check} isPending={isPending} disabledReason={mayNot} onClick={accept}>
      {t('accept')}
      <span className="sr-only">{edits.name}</span>
    </Button>
  );
}

const typeOf = ({ columns }: PlannedChange['table'], name: string) =>
  columns.find((column) => column.name === name)?.type;

interface PinProps extends Pick<CardProps, 'database' | 'mayNot'> {
  name: string;
  isPinned: boolean;
}

function PinButton({ database, name, isPinned, mayNot }: PinProps) {
  const t = useTranslations('crawler');
  const client = useQueryClient();
  const toast = useToast();
  const failed = useFailureToast();
  const [isPending, start] = useTransition();
  const pin = () =>
    start(async () => {
      const result = await pinTable({ database, name, isPinned: !isPinned });
      if (!result.ok) return failed(result.error);
      toast({
        state: 'succeeded',
        title: t(isPinned ? 'unpinnedSaid' : 'pinnedSaid', { name }),
        body: isPinned ? undefined : t('pinnedBody'),
      });
      void client.invalidateQueries({ queryKey: plansKey });
    });
  return (
    <Button size="sm" icon={isPinned ? PinOff : Pin} isPending={isPending} disabledReason={mayNot} onClick={pin}>
      {t(isPinned ? 'unpin' : 'pin')}
      <span className="sr-only">{name}</span>
    </Button>
  );
}
