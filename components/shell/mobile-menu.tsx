'use client';
import { Menu as MenuIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Brand } from './brand';
import { LanguageSwitch } from './language-switch';
import { Navigation } from './navigation';

/** The sidebar of narrow screens: slides over the page, holds the focus, closes on Escape and on a choice. */
export function MobileMenu() {
  const t = useTranslations('nav');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <IconButton icon={MenuIcon} label={t('menu')} />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="side sheet" aria-describedby={undefined}>
          <div className="flex items-center justify-between pr-2">
            <Dialog.Title className="brand">
              <Brand label="Lacustre" />
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton icon={X} label={t('closeMenu')} />
            </Dialog.Close>
          </div>
          <Navigation onChosen={() => setIsOpen(false)} />
          <div className="p-4">
            <LanguageSwitch />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
