import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { VersionDetails as Details } from '@/lib/versions/schemas';
import { VersionFacts } from './version-facts';
import { VersionOutcome } from './version-outcome';

/** One version's page: where its bytes came from, and what became of them. */
export function VersionDetails({ version }: { version: Details }) {
  const t = useTranslations('versions');
  const title = (
    <>
      {t('versionOf')} <Time value={version.at} withSeconds />
    </>
  );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title={title} actions={<VersionActions version={version} />}>
        <VersionFacts version={version} />
      </Panel>
      <VersionOutcome version={version} />
    </div>
  );
}

function VersionActions({ version: { zone, key, versionId, kind, currentId } }: { version: Details }) {
  const t = useTranslations('versions');
  return (
    <>
      {kind === 'version' && currentId && currentId !== versionId && (
        <LinkButton size="sm" href={routes.compareVersions({ zone, key, from: versionId, to: currentId })}>
          {t('compareWithCurrent')}
        </LinkButton>
      )}
      {kind === 'version' && (
        <LinkButton size="sm" isDownload href={routes.download({ zone, key, versionId })}>
          {t('download')}
        </LinkButton>
      )}
      <LinkButton size="sm" variant="ghost" href={routes.file({ zone, key })}>
        {t('details.close')}
      </LinkButton>
    </>
  );
}
