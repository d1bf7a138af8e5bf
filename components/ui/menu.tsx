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

interface MenuGroup {
  label: string;
  items: readonly MenuItem[];
}

interface MenuProps {
  /** A Button or IconButton. */
  trigger: ReactNode;
  header?: ReactNode;
  items?: readonly MenuItem[];
  /** Where the same can be done with different things. */
  groups?: readonly MenuGroup[];
  /** Where something else than the trigger opens it, too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** Where focus goes when it has closed; left out, to the trigger. */
  onClosed?: () => void;
}

export function Menu({ trigger, header, items = [], groups = [], isOpen, onOpenChange, onClosed }: MenuProps) {
  const giveFocus = (event: Event) => {
    if (!onClosed) return;
    event.preventDefault();
    onClosed();
  };
  return (
    // Not modal, and beside its trigger in the document: the rest of the page keeps its landmarks while it is open.
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content className="pop" align="end" sideOffset={4} onCloseAutoFocus={giveFocus}>
        {header && <DropdownMenu.Label className="px-2 py-1">{header}</DropdownMenu.Label>}
        <Items items={items} />
        {groups.map((group, index) => (
          <DropdownMenu.Group key={group.label} aria-label={group.label}>
            {index > 0 && <DropdownMenu.Separator className="my-1 border-line border-t" />}
            <DropdownMenu.Label className="px-2 py-1">
              <span className="faint text-xs">{group.label}</span>
            </DropdownMenu.Label>
            <Items items={group.items} />
          </DropdownMenu.Group>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function Items({ items }: { items: readonly MenuItem[] }) {
  return items.map((item) => (
    <DropdownMenu.Item key={item.label} className="opt" onSelect={item.onSelect} disabled={item.isDisabled}>
      {item.icon && <Icon of={item.icon} size="s" />}
      <span>{item.label}</span>
    </DropdownMenu.Item>
  ));
}
