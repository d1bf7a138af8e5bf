'use client';
import { useTranslations } from 'next-intl';
import type { KeptVerification } from '@/lib/audit';
import type { ChainVerification } from '@/lib/audit/chain/finding';
import type { Verification } from '@/lib/languages/cloudtrail/verification.ts';
import { ChainResult } from './chain-result';
import { FilesResult } from './files-result';
import { VerificationPanel } from './verification-panel';

interface VerificationDeskProps {
  last: { console?: KeptVerification; aws?: KeptVerification };
}

/** Both halves of the trail: when each was last verified, what was found, and a button that does it again. */
export function VerificationDesk({ last }: VerificationDeskProps) {
  const t = useTranslations('audit.verification');
  return (
    <>
      <p className="muted max-w-prose">{t('intro')}</p>
      <VerificationPanel
        name="console"
        address="/api/audit/verification"
        last={last.console as KeptVerification<ChainVerification> | undefined}
        show={(result) => <ChainResult result={result} />}
      />
      <VerificationPanel
        name="aws"
        address="/api/audit/calls/verification"
        last={last.aws as KeptVerification<Verification> | undefined}
        show={(result) => <FilesResult result={result} />}
      />
    </>
  );
}
