import { getTranslations } from 'next-intl/server';

/** Records that count for nothing, by name, so that somebody can look at them. */
export async function Unreadable({ records }: { records: readonly { key: string; reason: string }[] }) {
  const t = await getTranslations('quality');
  return (
    <details className="rounded-md border border-waiting-line bg-waiting-soft px-4 py-2 text-waiting">
      <summary>{t('unreadable', { count: records.length })}</summary>
      <ul className="mt-2 grid gap-1">
        {records.map(({ key, reason }) => (
          <li key={key} className="min-w-0 break-words text-xs">
            <span className="mono">{key}</span> – {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
