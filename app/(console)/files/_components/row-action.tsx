import type { LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { Icon } from '@/components/ui/icon';

interface RowActionProps {
  icon: LucideIcon;
  label: string;
  /** Whether its row is the one in the tab order. */
  isActive: boolean;
  onClick?: () => void;
  href?: string;
  /** A plain anchor that the router leaves alone. */
  isDownload?: boolean;
}

/** An icon button at the end of a row. */
export function RowAction({ icon, label, isActive, onClick, href, isDownload }: RowActionProps) {
  const look = {
    className: 'btn ghost icon sm',
    'aria-label': label,
    title: label,
    tabIndex: isActive ? 0 : -1,
    children: <Icon of={icon} size="s" />,
  };
  if (href === undefined) return <button type="button" {...look} onClick={onClick} />;
  return isDownload ? <a {...look} href={href} download /> : <Link {...look} href={href as Route} prefetch={false} />;
}
