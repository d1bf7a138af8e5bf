import { FileText, Folder } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { can } from '@/lib/auth';
import { listCataloguedFiles } from '@/lib/catalog';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { fileName } from '@/lib/runs/run-name';
import { listFiles } from '@/lib/storage';

const SHOWN = 12;

/** The files that the dataset is made of, as they came. */
export async function RawFiles({ dataset }: { dataset: string }) {
  const t = await getTranslations('datasets');
  const prefix = `${dataset}/`;
  const result = await load(listFiles, { zone: 'raw', prefix });
  if (!result.ok) return <Failure error={result.error} title={t('filesFailed')} />;
  const { folders, files, nextToken } = result.data;
  const more = files.length + folders.length > SHOWN || nextToken;
  return (
    <Panel title={t('files')} aside={nextToken ? undefined : files.length}>
      {files.length + folders.length === 0 && <p className="muted">{t('noFiles')}</p>}
      <ul className="grid gap-1">
        {folders.slice(0, SHOWN).map((folder) => (
          <li key={folder} className="flex items-center gap-2">
            <Icon of={Folder} size="s" />
            <Link className="mono min-w-0 truncate" href={routes.files({ zone: 'raw', prefix: folder }) as Route}>
              {folder.slice(prefix.length)}
            </Link>
          </li>
        ))}
        {files.slice(0, SHOWN).map((file) => (
          <li key={file.key} className="flex items-center gap-2">
            <Icon of={FileText} size="s" />
            <Link
              className="mono min-w-0 truncate"
              title={file.key}
              href={routes.file({ zone: 'raw', key: file.key }) as Route}
            >
              {file.name}
            </Link>
            <span className="grow" />
            <span className="muted whitespace-nowrap text-xs">
              <Bytes value={file.sizeBytes} />
            </span>
          </li>
        ))}
      </ul>
      {more && (
        <p className="mt-2">
          <Link href={routes.files({ zone: 'raw', prefix }) as Route}>{t('allFiles')}</Link>
        </p>
      )}
    </Panel>
  );
}

/** Files that no table can be made of: what is known of each. */
export async function CataloguedFiles({ dataset }: { dataset: string }) {
  const t = await getTranslations('datasets');
  const [result, { role }] = await Promise.all([load(listCataloguedFiles, { dataset }), pageContext()]);
  if (!result.ok) return <Failure error={result.error} title={t('filesFailed')} />;
  return (
    <Panel isFlush title={t('catalogued')} aside={result.data.length}>
      <Table label={t('catalogued')}>
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col">{t('mediaType')}</th>
            <th scope="col" className="num">
              {t('size')}
            </th>
            <th scope="col">
              <span className="sr-only">{t('download')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {result.data.map((file) => (
            <tr key={file.key}>
              <td className="mono">
                <Link href={routes.file({ zone: 'raw', key: file.key }) as Route}>{fileName(file.key)}</Link>
              </td>
              <td className="muted">{file.mediaType ?? '–'}</td>
              <td className="num">
                <Bytes value={file.sizeBytes} />
              </td>
              <td className="num">
                {can(role, 'files:download') && (
                  <LinkButton
                    size="sm"
                    variant="ghost"
                    isDownload
                    href={routes.download({ zone: 'raw', key: file.key })}
                  >
                    {t('download')}
                  </LinkButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
