import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { routes } from '@/lib/routes';

/** Nothing answers to this address; the frame around it says whether somebody is signed in. */
export function NotFound() {
  const t = useTranslations('notFound');
  return (
    <div className="grid min-h-full place-items-center">
      <EmptyState
        isPage
        title={t('title')}
        body={t('body')}
        actions={
          <LinkButton variant="primary" href={routes.home()}>
            {t('home')}
          </LinkButton>
        }
      />
    </div>
  );
}
