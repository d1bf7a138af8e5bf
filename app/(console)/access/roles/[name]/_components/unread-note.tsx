import { useTranslations } from 'next-intl';
import type { UnreadPolicy } from '@/lib/access/read-principal';

/** Names what counts and is not in what the page says. */
export function UnreadNote({ policies }: { policies: readonly UnreadPolicy[] }) {
  const t = useTranslations('access.roles.unread');
  return (
    <div role="note" className="text-waiting">
      <p>{t('lead')}</p>
      <ul className="list-disc pl-5">
        {policies.map(({ name, reason }) => (
          <li key={name}>
            <span className="mono">{name}</span>: {t(reason)}
          </li>
        ))}
      </ul>
    </div>
  );
}
