import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { routes } from '@/lib/routes';

export function NotFound() {
  const t = useTranslations('notFound');
  return (
    <main id="content" className="grid min-h-full place-items-center">
      <EmptyState
        title={t('title')}
        body={t('body')}
        actions={
          <LinkButton variant="primary" href={routes.home()}>
            {t('home')}
          </LinkButton>
        }
      />
    </main>
  );
}
