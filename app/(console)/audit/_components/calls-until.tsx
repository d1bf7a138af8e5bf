import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Time } from '@/components/ui/time';
import { load } from '@/lib/page';
import { getTrailStatus } from '@/lib/trail';

/** Until when calls of AWS are there yet: CloudTrail delivers them some minutes later. */
export async function CallsUntil() {
  const t = await getTranslations('audit');
  const status = await load(getTrailStatus, undefined);
  if (!status.ok) return <Failure error={status.error} />;
  const { isLogging, deliveredAt, deliveryError, digestError } = status.data;
  const failed = deliveryError ?? digestError;
  return (
    <p className="muted text-xs" role="status">
      {!isLogging && <b className="text-failed">{t('notLogging')} </b>}
      {failed && <b className="text-failed">{t('notDelivered', { said: failed })} </b>}
      {deliveredAt ? t.rich('awsUntil', { at: () => <Time value={deliveredAt} withSeconds /> }) : t('awsNothing')}
    </p>
  );
}
