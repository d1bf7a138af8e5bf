'use client';
import { DropdownMenu } from 'radix-ui';

export interface GridMenuItem {
  label: string;
  onSelect: () => void;
}

interface GridMenuProps {
  x: number;
  y: number;
  label: string;
  items: readonly GridMenuItem[];
  onClose: () => void;
}

/** A menu at a place on the screen, open as long as it is there. */
export function GridMenu({ x, y, label, items, onClose }: GridMenuProps) {
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          aria-label={label}
          className="pointer-events-none fixed size-0"
          style={{ left: x, top: y }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        className="pop"
        align="start"
        aria-label={label}
        aria-labelledby={undefined}
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        {items.map((item) => (
          <DropdownMenu.Item
            key={item.label}
            className="opt"
            onSelect={(event) => {
              // The menu would close last, and take the focus from what its item has just opened.
              event.preventDefault();
              onClose();
              item.onSelect();
            }}
          >
            {item.label}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
