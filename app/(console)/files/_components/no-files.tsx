'use client';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { routes } from '@/lib/routes';
import type { FilesSearch } from '../search-params';

interface NoFilesProps {
  place: FilesSearch;
  /** Not all was looked through yet. */
  hasMore: boolean;
  onClear: () => void;
}

/** Why nothing is listed, and what to do next. */
export function NoFiles({ place: { zone, prefix, search, deleted }, hasMore, onClear }: NoFilesProps) {
  const t = useTranslations('files');
  if (hasMore) return <p className="muted p-4">{t('noneSoFar')}</p>;
  if (search !== '') {
    return (
      <p className="muted flex flex-wrap items-center gap-2 p-4" role="status">
        {t('noMatch', { search: prefix + search })}
        <Button size="sm" onClick={onClear}>
          {t('clearSearch')}
        </Button>
      </p>
    );
  }
  if (deleted) return <EmptyState title={t('empty.deletedTitle')} body={t('empty.deleted')} />;
  const upload = (
    <LinkButton variant="primary" href={routes.upload()}>
      {t('empty.upload')}
    </LinkButton>
  );
  const up = <LinkButton href={routes.files({ zone })}>{t('empty.toZone')}</LinkButton>;
  if (prefix !== '') return <EmptyState title={t('empty.folderTitle')} body={t('empty.folder')} actions={up} />;
  return (
    <EmptyState title={t('empty.title')} body={t(`empty.${zone}`)} actions={zone === 'raw' ? upload : undefined} />
  );
}
