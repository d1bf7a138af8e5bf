'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';

interface GridPopoverProps {
  anchor: { x: number; y: number };
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Something about a column, at its header. Escape closes it. */
export function GridPopover({ anchor, title, onClose, children }: GridPopoverProps) {
  const t = useTranslations('result');
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor asChild>
        <span className="pointer-events-none fixed size-0" style={{ left: anchor.x, top: anchor.y }} />
      </Popover.Anchor>
      <Popover.Content
        className="pop !p-3 grid w-72 max-w-[calc(100vw-16px)] gap-2 text-xs"
        align="start"
        aria-label={title}
        collisionPadding={8}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <div className="flex items-center gap-2">
          <b className="min-w-0 grow truncate">{title}</b>
          <IconButton icon={X} label={t('close')} size="sm" onClick={onClose} />
        </div>
        {children}
      </Popover.Content>
    </Popover.Root>
  );
}
