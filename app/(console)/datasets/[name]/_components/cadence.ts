import { useTranslations } from 'next-intl';

/** How often rows may be expected, in hours; months and quarters by their longest. */
export const CADENCES = [1, 24, 168, 744, 2208] as const;

/** Says in words how often rows are expected. */
export function useCadence(): (hours: number) => string {
  const t = useTranslations('datasets.cadence');
  return (hours) => {
    const known = CADENCES.find((each) => each === hours);
    return known ? t(`every${known}`) : t('hours', { hours });
  };
}
