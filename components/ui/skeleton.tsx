import { useTranslations } from 'next-intl';

/** Grey lines in the place of `lines` lines of text. Show it after 200 ms of waiting, not before. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useTranslations('common');
  const widths = ['70%', '100%', '44%'];
  return (
    <div className="grid gap-2" role="status">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never change places.
        <div key={line} className="skel" style={{ width: widths[line % widths.length] }} aria-hidden="true" />
      ))}
    </div>
  );
}
