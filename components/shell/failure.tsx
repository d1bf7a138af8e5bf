'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ExplainedDenial } from '@/components/access/explained-denial';
import { Button, LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel, ForbiddenPanel } from '@/components/ui/error-panel';
import type { Fact } from '@/components/ui/facts';
import { isRole } from '@/lib/auth/permissions';
import type { ErrorReport } from '@/lib/errors';
import { readDenial } from '@/lib/languages/iam-policy/read-denial.ts';
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

/** AWS refused it, which its own policies explain; or the console did, by the permissions of the person's role. */
function Forbidden({ error, title }: Pick<FailureProps, 'error' | 'title'>) {
  const t = useTranslations();
  const permission = usePermissionFacts(error);
  const said = error.details?.said;
  const isExplained = typeof said === 'string' && readDenial(said) !== undefined;
  return (
    <ForbiddenPanel
      title={title ?? t('failure.title.FORBIDDEN')}
      body={isExplained ? t('failure.refusedByAws') : error.message}
      facts={permission ?? []}
      actions={<CopyButton text={JSON.stringify(error, null, 2)} label={t('common.copyDetails')} />}
    >
      {isExplained && <ExplainedDenial said={said} />}
      {!isExplained && !permission && <p className="muted px-4 pb-3">{t('failure.todo.FORBIDDEN')}</p>}
    </ForbiddenPanel>
  );
}

/** Of a permission of the console that the person's role does not hold; undefined for other refusals. */
function usePermissionFacts({ details }: ErrorReport): Fact[] | undefined {
  const t = useTranslations('failure');
  const roleNames = useTranslations('roles');
  const common = useTranslations('common');
  const { role, permission, grantedTo } = details ?? {};
  if (typeof permission !== 'string') return undefined;
  const holders = Array.isArray(grantedTo) ? grantedTo.filter(isRole) : [];
  return [
    ...(isRole(role) ? [{ label: t('role'), value: roleNames(role) }] : []),
    { label: t('missing'), value: <span className="mono">{permission}</span> },
    ...(holders.length > 0 ? [{ label: t('heldBy'), value: holders.map((held) => roleNames(held)).join(', ') }] : []),
    { label: common('whatToDo'), value: t('todo.FORBIDDEN') },
  ];
}
