import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValue } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import { waysIn } from '@/lib/auth/ways-in';
import { findInvitation } from '@/lib/invitations';
import type { InvitationSummary } from '@/lib/invitations/schemas';
import { routes } from '@/lib/routes';
import { AuthFrame } from '../../_components/auth-frame';
import { ProviderButton } from '../../_components/provider-button';
import { InvitationForm } from './_components/invitation-form';

export async function generateMetadata(): Promise<Metadata> {
  // The address is the secret: no other site may be told of it.
  return { title: (await getTranslations('invitations.page'))('title'), referrer: 'no-referrer' };
}

export default async function InvitationPage({ params }: PageProps<'/invitation/[token]'>) {
  const { token } = await params;
  const invitation = await findInvitation(token);
  if (invitation?.state === 'open') return <Open invitation={invitation} token={token} />;
  return <Closed state={invitation?.state ?? 'unknown'} />;
}

async function Open({ invitation, token }: { invitation: InvitationSummary; token: string }) {
  const t = await getTranslations('invitations.page');
  const roles = await getTranslations('roles');
  const { provider, hasRoleRules, passwords, home } = await waysIn();
  const { email, role, invitedBy, expiresAt } = invitation;
  const isFirst = invitedBy === null;
  const hasPassword = passwords === 'yes' || (passwords === 'administrators' && role === 'administrator');
  return (
    <AuthFrame>
      <div>
        <h1 className="text-xl">{t(isFirst ? 'firstTitle' : 'title')}</h1>
        <p className="muted">{isFirst ? t('firstBody') : t('body', { invitedBy })}</p>
      </div>
      <KeyValue
        items={[
          // The first administrator writes the address into the form.
          ...(isFirst && hasPassword ? [] : [{ label: t('email'), value: <span className="break-all">{email}</span> }]),
          { label: t('role'), value: provider && hasRoleRules && !hasPassword ? t('roleOfGroups') : roles(role) },
          { label: t('expires'), value: <Time value={expiresAt} /> },
        ]}
      />
      {provider && (
        <div className="grid gap-2">
          <ProviderButton name={provider} target={routes.home()} home={home} />
          <p className="muted text-xs">{t('providerHint', { name: provider, email })}</p>
        </div>
      )}
      {provider && hasPassword && <div className="or">{t('or')}</div>}
      {hasPassword && (
        <InvitationForm token={token} email={email} isFirst={isFirst} isSecond={provider !== undefined} />
      )}
    </AuthFrame>
  );
}

async function Closed({ state }: { state: 'accepted' | 'expired' | 'withdrawn' | 'unknown' }) {
  const t = await getTranslations('invitations.page');
  const { contact } = await waysIn();
  return (
    <AuthFrame isWide>
      <h1 className="text-xl">{t('title')}</h1>
      <ErrorPanel
        tone="rejected"
        title={t(`closed.${state}.title`)}
        body={t(`closed.${state}.body`)}
        facts={[{ label: t('whomToAsk'), value: contact ?? t('administrator') }]}
        actions={
          <LinkButton variant="primary" href={routes.signIn()}>
            {t('toSignIn')}
          </LinkButton>
        }
      />
    </AuthFrame>
  );
}
