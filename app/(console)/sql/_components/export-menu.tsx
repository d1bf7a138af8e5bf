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
import type { ResultView } from '@/lib/query/result/view-schemas';
import { routes } from '@/lib/routes';

interface ExportMenuProps {
  id: string;
  name: string;
  /** Of the whole result, where it is known. */
  rowCount: number | undefined;
  /** What is shown of it, where that is not simply all of it. */
  shown: { view: ResultView; rowCount: number } | undefined;
}

/** The whole result as a file, or what is shown of it: the browser saves what comes while it comes. */
export function ExportMenu({ id, name, rowCount, shown }: ExportMenuProps) {
  const t = useTranslations('result');
  const [ticket, setTicket] = useState<{ name: string; format: ExportFormat; rowCount: number | undefined }>();
  const start = (format: ExportFormat, part?: ExportMenuProps['shown']) => {
    const made = crypto.randomUUID();
    setTicket({ name: made, format, rowCount: part ? part.rowCount : rowCount });
    save(exportAddress(id, { format, name, ticket: made, ...(part ? { view: part.view } : {}) }));
  };
  const formats = (part?: ExportMenuProps['shown']) =>
    EXPORT_FORMATS.map((format) => ({ label: t(`format.${format}`), onSelect: () => start(format, part) }));
  const whole = [...formats(), { label: t('format.raw'), onSelect: () => save(routes.queryDownload(id)) }];
  return (
    <>
      {ticket && (
        <Progress
          key={ticket.name}
          id={id}
          ticket={ticket.name}
          format={ticket.format}
          rowCount={ticket.rowCount}
          onDone={() => setTicket(undefined)}
        />
      )}
      <Menu
        trigger={
          <Button size="sm" icon={Download}>
            {t('export')}
          </Button>
        }
        groups={[
          ...(shown ? [{ label: t('exportShown', { count: shown.rowCount }), items: formats(shown) }] : []),
          { label: t('exportWhole'), items: whole },
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
