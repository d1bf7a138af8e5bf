import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { getLastVerifications } from '@/lib/audit';
import { load } from '@/lib/page';
import { AuditTabs } from '../_components/audit-tabs';
import { VerificationDesk } from './_components/verification-desk';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit.verification'))('title') };
}

export default async function VerificationPage() {
  const t = await getTranslations('audit.verification');
  const last = await load(getLastVerifications, {});
  return (
    <div className="page">
      <h1 className="text-xl">{t('title')}</h1>
      {last.ok ? (
        <>
          <AuditTabs current="verification" />
          <VerificationDesk last={last.data} />
        </>
      ) : (
        <Failure error={last.error} />
      )}
    </div>
  );
}
