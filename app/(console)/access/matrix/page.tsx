import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { getAccessMatrix } from '@/lib/access';
import type { AccessMatrix } from '@/lib/access/matrix/schemas';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { MatrixFilters } from './_components/matrix-filters';
import { MatrixGrid } from './_components/matrix-grid';
import { MatrixPages } from './_components/matrix-pages';
import { MatrixSearch, matrixQuery } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access.matrix'))('title') };
}

interface MatrixPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who may do what to which dataset, decided as AWS would, with the statement that decides. */
export default async function MatrixPage({ searchParams }: MatrixPageProps) {
  const t = await getTranslations('access.matrix');
  const search = MatrixSearch.parse(await searchParams);
  const { services, ...filter } = search;
  const result = await load(getAccessMatrix, { ...filter, withServices: services === 'yes' });
  const { page: _, ...query } = matrixQuery(search);
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {result.ok && result.data.total > 0 && (
          <LinkButton icon={Download} href={routes.accessMatrixFile(query)} isDownload>
            {t('export')}
          </LinkButton>
        )}
      </div>
      {result.ok ? <Matrix matrix={result.data} search={search} /> : <Failure error={result.error} />}
    </div>
  );
}

async function Matrix({ matrix, search }: { matrix: AccessMatrix; search: MatrixSearch }) {
  const t = await getTranslations('access.matrix');
  const unread = [...new Set([...matrix.roles.flatMap((role) => role.unread), ...matrix.unread])];
  if (matrix.datasets.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('empty.title')}
          body={t('empty.body')}
          actions={
            <LinkButton variant="primary" href={routes.upload()}>
              {t('empty.action')}
            </LinkButton>
          }
        />
      </Panel>
    );
  }
  return (
    <>
      <p className="muted max-w-[90ch]">{t('lead')}</p>
      <MatrixFilters search={search} datasets={matrix.datasets} />
      {unread.length > 0 && (
        <p role="note" className="text-waiting">
          {t('unread', { policies: unread.join(', ') })}
        </p>
      )}
      {matrix.total === 0 ? (
        <p className="muted">{t('noMatch')}</p>
      ) : (
        // What is open or in focus belongs to the cells that were there.
        <MatrixGrid key={JSON.stringify(search)} matrix={matrix} search={search} />
      )}
      <MatrixPages matrix={matrix} search={search} />
    </>
  );
}
