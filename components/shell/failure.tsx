'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel, ForbiddenPanel } from '@/components/ui/error-panel';
import { isRole } from '@/lib/auth/permissions';
import type { ErrorReport } from '@/lib/errors';
import { routes } from '@/lib/routes';

interface FailureProps {
  error: ErrorReport;
  /** What could not be done, where the code's own title is too general. */
  title?: string;
  /** The repair, where trying again is not it. */
  action?: ReactNode;
  /** Inside a form, whose own button tries again. */
  isInForm?: boolean;
}

/** Says what went wrong, where, and what to do, in the place of what a verb did not return. */
export function Failure({ error, title, action, isInForm }: FailureProps) {
  const t = useTranslations();
  const router = useRouter();
  if (error.code === 'FORBIDDEN') return <Forbidden error={error} title={title} />;
  const retry = (
    <Button variant="primary" onClick={() => router.refresh()}>
      {t('common.retry')}
    </Button>
  );
  const signIn = (
    <LinkButton variant="primary" href={routes.signIn()}>
      {t('failure.signIn')}
    </LinkButton>
  );
  return (
    <ErrorPanel
      tone={error.code === 'INVALID' ? 'rejected' : 'failed'}
      title={title ?? t(`failure.title.${error.code}`)}
      body={error.message}
      facts={[
        { label: t('common.whatToDo'), value: t(`failure.todo.${error.code}`) },
        { label: t('common.request'), value: <span className="mono">{error.requestId}</span> },
      ]}
      actions={
        <>
          {!isInForm && (action ?? (error.code === 'UNAUTHENTICATED' ? signIn : retry))}
          <CopyButton text={JSON.stringify(error, null, 2)} label={t('common.copyDetails')} />
        </>
      }
    />
  );
}

function Forbidden({ error, title }: Pick<FailureProps, 'error' | 'title'>) {
  const t = useTranslations();
  const grantedTo = error.details?.grantedTo;
  const roles = Array.isArray(grantedTo) ? grantedTo.filter(isRole).map((role) => t(`roles.${role}`)) : [];
  return (
    <ForbiddenPanel
      title={title ?? t('failure.title.FORBIDDEN')}
      body={
        <>
          {error.message}{' '}
          {roles.length > 0 ? t('failure.grantedTo', { roles: roles.join(', ') }) : t('failure.todo.FORBIDDEN')}
        </>
      }
      actions={<CopyButton text={JSON.stringify(error, null, 2)} label={t('common.copyDetails')} />}
    />
  );
}
