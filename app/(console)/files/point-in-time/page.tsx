import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { can, requirePermission } from '@/lib/auth';
import { rolesWith } from '@/lib/auth/permissions';
import { load, pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { type EditableZone, editableZones } from '@/lib/storage/schemas';
import { PointInTimeDesk } from './_components/point-in-time-desk';
import { PointInTimeSearch } from './search-params';

export async function generateMetadata() {
  const t = await getTranslations('pointInTime');
  return { title: t('pageTitle') };
}

interface PointInTimePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PointInTimePage({ searchParams }: PointInTimePageProps) {
  const t = await getTranslations('pointInTime');
  const { zone, prefix, at } = PointInTimeSearch.parse(await searchParams);
  const allowed = await load(async (ctx) => requirePermission(ctx, 'files:read'), undefined);
  const { role } = await pageContext();
  return (
    <div className="page">
      <div className="head">
        <h1 className="min-w-0 text-xl">
          {t.rich('title', { place: () => <span className="mono break-all">{prefix || t('everything')}</span> })}
        </h1>
        <span className="grow" />
        <LinkButton href={routes.files({ zone, prefix })}>{t('back')}</LinkButton>
      </div>
      {!allowed.ok && <Failure error={allowed.error} />}
      {allowed.ok && isEditable(zone) && (
        <PointInTimeDesk
          zone={zone}
          prefix={prefix}
          initialAt={at}
          mayTakeAway={can(role, 'files:delete')}
          takersAway={rolesWith('files:delete')}
        />
      )}
      {allowed.ok && !isEditable(zone) && (
        <Panel>
          <EmptyState
            title={t('notHere.title')}
            body={t('notHere.body')}
            actions={
              <LinkButton variant="primary" href={routes.pointInTime({ zone: 'raw', prefix: '' })}>
                {t('notHere.action')}
              </LinkButton>
            }
          />
        </Panel>
      )}
    </div>
  );
}

function isEditable(zone: string): zone is EditableZone {
  return editableZones.some((editable) => editable === zone);
}
