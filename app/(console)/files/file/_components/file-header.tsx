'use client';
import { Download, FolderOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { State } from '@/components/ui/state';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import { fileName } from '@/lib/runs/run-name';
import type { FileTimeline } from '@/lib/versions/schemas';
import type { May } from './file-view';
import { RunAgain } from './run-again';

/** The file's name, where it is, and what it is now. */
export function FileHeader({ file, may }: { file: FileTimeline; may: May }) {
  const t = useTranslations();
  const { zone, key, bucket, current } = file;
  const path = `s3://${bucket}/${key}`;
  return (
    <header className="grid gap-1 border-line border-b bg-surface px-5 py-4 max-sm:px-3">
      <div className="head">
        <h1 className="min-w-0 truncate text-xl">{fileName(key)}</h1>
        <Tag>{t(`zones.${zone}`)}</Tag>
        <span className="grow" />
        <LinkButton icon={FolderOpen} href={routes.files({ zone, prefix: key.slice(0, key.lastIndexOf('/') + 1) })}>
          {t('versions.folder')}
        </LinkButton>
        {may.rerun && current && <RunAgain fileKey={key} />}
        {may.download && current?.kind === 'version' && (
          <LinkButton icon={Download} isDownload href={routes.download({ zone, key })}>
            {t('versions.download')}
          </LinkButton>
        )}
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span className="mono muted min-w-0 break-all">{path}</span>
        <CopyButton text={path} label={t('versions.copyPath')} />
      </div>
      <p className="muted flex flex-wrap items-center gap-x-2">
        <CurrentState file={file} />
      </p>
    </header>
  );
}

function CurrentState({ file: { current } }: { file: FileTimeline }) {
  const t = useTranslations('versions');
  if (!current) return t('state.quarantined');
  if (current.kind === 'deletion') {
    return <State state="stopped">{t('state.deleted')}</State>;
  }
  return (
    <>
      <span>{t('state.present')}</span>
      <Bytes value={current.sizeBytes} />
      <RelativeTime value={current.at} />
    </>
  );
}
