'use client';
import { useQuery } from '@tanstack/react-query';
import { Download, History, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ElementType } from 'react';
import { PreviewContent } from '@/components/preview/preview-content';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { Button, IconButton, LinkButton } from '@/components/ui/button';
import { KeyValue } from '@/components/ui/facts';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import { reportFrom } from '@/lib/fetch-json';
import { routes } from '@/lib/routes';
import type { FilePreview } from '@/lib/storage/preview-schemas';
import { previewOptions } from '@/lib/storage/query-options';
import type { Zone } from '@/lib/storage/schemas';
import { FileName } from './file-name';

interface FilePreviewCardProps {
  zone: Zone;
  fileKey: string;
  onClose: () => void;
  /** What the name is to the rest of the page: a heading, or a dialog's title. */
  Heading: ElementType;
}

export function FilePreviewCard({ zone, fileKey, onClose, Heading }: FilePreviewCardProps) {
  const t = useTranslations('preview');
  const tCommon = useTranslations('common');
  const { data, error, isPending, refetch } = useQuery(previewOptions({ zone, key: fileKey }));
  const name = fileKey.slice(fileKey.lastIndexOf('/', fileKey.length - 2) + 1);
  return (
    <>
      <div className="ph">
        <Heading className="mono !whitespace-normal [overflow-wrap:anywhere]">
          <FileName name={name} />
        </Heading>
        <span className="grow" />
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </div>
      <div className="flex flex-wrap gap-2 border-line border-b px-4 py-2">
        <LinkButton size="sm" icon={Download} isDownload href={routes.download({ zone, key: fileKey })}>
          {t('download')}
        </LinkButton>
        <LinkButton size="sm" icon={History} href={routes.file({ zone, key: fileKey })}>
          {t('versions')}
        </LinkButton>
      </div>
      {isPending && (
        <div className="p-4">
          <Skeleton lines={8} />
        </div>
      )}
      {error && (
        <div className="p-4">
          <Failure
            error={reportFrom(error)}
            title={t('failed')}
            action={
              <Button variant="primary" onClick={() => void refetch()}>
                {tCommon('retry')}
              </Button>
            }
          />
        </div>
      )}
      {data && (
        <>
          <PreviewContent preview={data} name={name} />
          <Facts of={data} />
        </>
      )}
    </>
  );
}

function Facts({ of }: { of: FilePreview }) {
  const t = useTranslations('preview');
  const kind = of.isGzip && of.mediaType !== 'application/gzip' ? `${of.mediaType} (gzip)` : of.mediaType;
  return (
    <div className="border-line border-t p-4 [overflow-wrap:anywhere]">
      <KeyValue
        items={[
          { label: t('size'), value: <Bytes value={of.sizeBytes} /> },
          { label: t('modified'), value: <Time value={of.modifiedAt} withSeconds /> },
          { label: t('kind'), value: kind || of.contentType || '–' },
          { label: t('storageClass'), value: of.storageClass },
          { label: t('key'), value: <span className="mono whitespace-pre-wrap">{`s3://${of.bucket}/${of.key}`}</span> },
        ]}
      />
    </div>
  );
}
