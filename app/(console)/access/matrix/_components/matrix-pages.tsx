import { useFormatter, useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import type { AccessMatrix } from '@/lib/access/matrix/schemas';
import { routes } from '@/lib/routes';
import { type MatrixSearch, matrixQuery } from '../search-params';

interface MatrixPagesProps {
  matrix: Pick<AccessMatrix, 'page' | 'pages' | 'total'>;
  search: MatrixSearch;
}

export function MatrixPages({ matrix: { page, pages, total }, search }: MatrixPagesProps) {
  const t = useTranslations('access.matrix');
  const format = useFormatter();
  if (pages === 1) return null;
  const to = (other: number) => routes.accessMatrix(matrixQuery({ ...search, page: other }));
  return (
    <nav className="flex flex-wrap items-center gap-3" aria-label={t('pages')}>
      {page > 1 && <LinkButton href={to(page - 1)}>{t('previous')}</LinkButton>}
      <span className="muted num">
        {t('pageOf', { page: format.number(page), pages: format.number(pages), total: format.number(total) })}
      </span>
      {page < pages && <LinkButton href={to(page + 1)}>{t('next')}</LinkButton>}
    </nav>
  );
}
