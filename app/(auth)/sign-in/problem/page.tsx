import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Tag } from '@/components/ui/tag';
import { findProblem, type Problem } from '@/lib/auth/oidc/problem';
import { waysIn } from '@/lib/auth/ways-in';
import { routes } from '@/lib/routes';
import { AuthFrame } from '../../_components/auth-frame';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn.problem'))('title') };
}

/** Codes about who the person is: trying again does not help, an administrator does. */
const OF_PERSON = new Set<Problem['code']>([
  'noGroup',
  'tooManyGroups',
  'notInvited',
  'emailNotVerified',
  'emailTaken',
  'switchedOff',
]);

export default async function SignInProblemPage() {
  const problem = await findProblem();
  if (!problem) redirect(routes.signIn() as Route);
  const t = await getTranslations('signIn.problem');
  const { provider, contact } = await waysIn();
  const name = provider ?? t('provider');
  const { code, email } = problem;
  const isOfPerson = OF_PERSON.has(code);
  return (
    <AuthFrame isWide>
      <h1 className="text-xl">{t('title')}</h1>
      <ErrorPanel
        tone={isOfPerson ? 'rejected' : 'failed'}
        title={t(`${code}.title`, { name })}
        body={t(`${code}.body`, { name, email: email ?? t('noEmail') })}
        facts={[
          ...(email && isOfPerson
            ? [{ label: t('signedInAs'), value: <span className="break-all">{email}</span> }]
            : []),
          ...(code === 'noGroup' ? [{ label: t('groups'), value: <Groups problem={problem} /> }] : []),
          { label: t('whatToDo'), value: t(`${code}.todo`, { name }) },
          { label: t('whomToAsk'), value: contact ?? t('operator') },
        ]}
        actions={
          <LinkButton variant="primary" href={routes.signIn()}>
            {t('back')}
          </LinkButton>
        }
      />
    </AuthFrame>
  );
}

async function Groups({ problem: { groups = [], groupsLeftOut = 0 } }: { problem: Problem }) {
  const t = await getTranslations('signIn.problem');
  if (groups.length === 0) return t('noGroups');
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {groups.map((group) => (
        <Tag key={group}>
          <span className="break-all">{group}</span>
        </Tag>
      ))}
      {groupsLeftOut > 0 && t('moreGroups', { count: groupsLeftOut })}
    </span>
  );
}
