'use client';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon';

interface MenuItem {
  label: string;
  icon?: LucideIcon;
  onSelect: () => void;
  isDisabled?: boolean;
}

/** `trigger` is a Button or IconButton. */
export function Menu({
  trigger,
  header,
  items,
}: {
  trigger: ReactNode;
  header?: ReactNode;
  items: readonly MenuItem[];
}) {
  return (
    // Not modal, and beside its trigger in the document: the rest of the page keeps its landmarks while it is open.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content className="pop" align="end" sideOffset={4}>
        {header && <DropdownMenu.Label className="px-2 py-1">{header}</DropdownMenu.Label>}
        {items.map((item) => (
          <DropdownMenu.Item key={item.label} className="opt" onSelect={item.onSelect} disabled={item.isDisabled}>
            {item.icon && <Icon of={item.icon} size="s" />}
            <span>{item.label}</span>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
