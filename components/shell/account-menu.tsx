'use client';
import { LogOut, Settings } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { Menu } from '@/components/ui/menu';
import type { Role } from '@/lib/auth/permissions';
import { routes } from '@/lib/routes';

interface Account {
  name: string;
  email: string;
  role: Role;
}

export function AccountMenu({ account }: { account: Account }) {
  const t = useTranslations();
  const router = useRouter();
  return (
    <Menu
      trigger={<Avatar name={account.name} label={t('nav.account', { name: account.name })} />}
      header={
        <>
          <div className="font-semibold">{account.name}</div>
          <div className="muted text-xs">
            {account.email} · {t(`roles.${account.role}`)}
          </div>
        </>
      }
      items={[
        { label: t('nav.settings'), icon: Settings, onSelect: () => router.push(routes.settings() as Route) },
        { label: t('nav.signOut'), icon: LogOut, onSelect: () => signOut({ callbackUrl: routes.signIn() }) },
      ]}
    />
  );
}

/** The rest of the props are the menu trigger's. */
function Avatar({ name, label, ...trigger }: { name: string; label: string } & ComponentProps<'button'>) {
  return (
    <button {...trigger} type="button" className="avatar" aria-label={label} title={label}>
      {initials(name)}
    </button>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
