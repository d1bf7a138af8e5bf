import { Download, FileText, Folder } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Table } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { FileEntry, FilePage, Zone } from '@/lib/storage/schemas';

export function FileTable({ page, zone, canDownload }: { page: FilePage; zone: Zone; canDownload: boolean }) {
  const t = useTranslations('files');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <th scope="col" className="w-full">
            {t('name')}
          </th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">{t('modified')}</th>
          <th scope="col">
            <span className="sr-only">{t('download')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {page.folders.map((folder) => (
          <tr key={folder}>
            <td colSpan={4}>
              <span className="flex items-center gap-2">
                <Icon of={Folder} size="s" />
                <Link className="mono" href={routes.files({ zone, prefix: folder }) as Route}>
                  {folder.slice(page.prefix.length)}
                </Link>
              </span>
            </td>
          </tr>
        ))}
        {page.files.map((file) => (
          <FileRow key={file.key} file={file} zone={zone} canDownload={canDownload} />
        ))}
      </tbody>
    </Table>
  );
}

function FileRow({ file, zone, canDownload }: { file: FileEntry; zone: Zone; canDownload: boolean }) {
  const t = useTranslations('files');
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2">
          <Icon of={FileText} size="s" />
          <span className="mono">{file.name}</span>
        </span>
      </td>
      <td className="num">
        <Bytes value={file.sizeBytes} />
      </td>
      <td className="muted">
        <Time value={file.modifiedAt} />
      </td>
      <td className="num">
        {canDownload && (
          <LinkButton
            size="sm"
            variant="ghost"
            icon={Download}
            isDownload
            href={routes.download({ zone, key: file.key })}
          >
            {t('download')}
            <span className="sr-only"> {file.name}</span>
          </LinkButton>
        )}
      </td>
    </tr>
  );
}
