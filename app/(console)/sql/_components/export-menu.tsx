'use client';
import { useQuery } from '@tanstack/react-query';
import { Download, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';
import { ProgressBar } from '@/components/ui/progress';
import { formatBytes } from '@/lib/format/bytes';
import { formatNumber } from '@/lib/format/number';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/query/export/export-schemas';
import { exportAddress, exportProgressOptions, stopExport } from '@/lib/query/result/result-options';
import { routes } from '@/lib/routes';

interface ExportMenuProps {
  id: string;
  name: string;
  /** Of the whole result, where it is known. */
  rowCount: number | undefined;
}

/** The whole result as a file: the browser saves what comes while it comes. */
export function ExportMenu({ id, name, rowCount }: ExportMenuProps) {
  const t = useTranslations('result');
  const [ticket, setTicket] = useState<{ name: string; format: ExportFormat }>();
  const start = (format: ExportFormat) => {
    const made = crypto.randomUUID();
    setTicket({ name: made, format });
    save(exportAddress(id, { format, name, ticket: made }));
  };
  return (
    <>
      {ticket && (
        <Progress
          key={ticket.name}
          id={id}
          ticket={ticket.name}
          format={ticket.format}
          rowCount={rowCount}
          onDone={() => setTicket(undefined)}
        />
      )}
      <Menu
        trigger={
          <Button size="sm" icon={Download}>
            {t('export')}
          </Button>
        }
        header={<span className="faint text-xs">{t('exportWhole')}</span>}
        items={[
          ...EXPORT_FORMATS.map((format) => ({ label: t(`format.${format}`), onSelect: () => start(format) })),
          { label: t('format.raw'), onSelect: () => save(routes.queryDownload(id)) },
        ]}
      />
    </>
  );
}

/** An address that answers with an attachment: the page stays. */
function save(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

const SAID_MS = 6_000;

function Progress({
  id,
  ticket,
  format,
  rowCount,
  onDone,
}: {
  id: string;
  ticket: string;
  format: ExportFormat;
  rowCount: number | undefined;
  onDone: () => void;
}) {
  const t = useTranslations('result');
  const locale = useLocale();
  const { data } = useQuery(exportProgressOptions(id, ticket));
  const state = data?.state ?? 'waiting';
  const isOver = state === 'done' || state === 'cancelled';
  useEffect(() => {
    if (!isOver) return;
    const timer = setTimeout(onDone, SAID_MS);
    return () => clearTimeout(timer);
  }, [isOver, onDone]);
  const facts = {
    rows: formatNumber(data?.rows ?? 0, locale),
    bytes: formatBytes(data?.bytes ?? 0, locale),
    format: t(`format.${format}`),
  };
  return (
    <span className="flex items-center gap-2 text-xs">
      <span role="status" className={state === 'failed' ? 'failed' : 'muted'}>
        {state === 'failed' ? t('exportState.failed', { why: data?.message ?? '' }) : t(`exportState.${state}`, facts)}
      </span>
      {state === 'running' && rowCount !== undefined && (
        <span className="w-20">
          <ProgressBar label={t('exportProgress')} share={(data?.rows ?? 0) / Math.max(1, rowCount)} />
        </span>
      )}
      {(state === 'running' || state === 'waiting') && (
        <Button size="sm" onClick={() => stopExport(id, ticket).catch(() => undefined)}>
          {t('cancelExport')}
        </Button>
      )}
      {state === 'failed' && <IconButton icon={X} size="sm" label={t('close')} onClick={onDone} />}
    </span>
  );
}
