import { Braces, Calendar, Hash, type LucideIcon, ToggleLeft, Type } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import { type ColumnKind, columnKind } from '@/lib/query/column-kind';

const icons: Record<ColumnKind, LucideIcon> = {
  number: Hash,
  text: Type,
  time: Calendar,
  boolean: ToggleLeft,
  nested: Braces,
};

/** Tells numbers, texts, times and the rest apart at a glance; the type itself stands beside it. */
export function ColumnIcon({ type }: { type: string }) {
  return (
    <span className="faint inline-flex">
      <Icon of={icons[columnKind(type)]} size="s" />
    </span>
  );
}
