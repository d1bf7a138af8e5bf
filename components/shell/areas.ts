import {
  Activity,
  Database,
  Files,
  Gauge,
  KeyRound,
  type LucideIcon,
  Plug,
  ScrollText,
  SquareTerminal,
  Upload,
} from 'lucide-react';
import { routes } from '@/lib/routes';

interface Area {
  /** Key of its name below `nav` in the messages; also the first part of its address. */
  name: 'upload' | 'datasets' | 'files' | 'sql' | 'runs' | 'connect' | 'quality' | 'access' | 'audit';
  icon: LucideIcon;
  href: string;
  /** Pages of it that have addresses of their own. */
  within?: readonly string[];
}

/** The sidebar, in its order. */
export const AREAS: readonly { group: 'data' | 'work' | 'trust'; areas: readonly Area[] }[] = [
  {
    group: 'data',
    areas: [
      { name: 'upload', icon: Upload, href: routes.upload() },
      { name: 'datasets', icon: Database, href: routes.datasets(), within: [routes.crawlers()] },
      { name: 'files', icon: Files, href: routes.files() },
    ],
  },
  {
    group: 'work',
    areas: [
      { name: 'sql', icon: SquareTerminal, href: routes.sql() },
      { name: 'runs', icon: Activity, href: routes.runs() },
      { name: 'connect', icon: Plug, href: routes.connect() },
    ],
  },
  {
    group: 'trust',
    areas: [
      { name: 'quality', icon: Gauge, href: routes.quality() },
      { name: 'access', icon: KeyRound, href: routes.access() },
      { name: 'audit', icon: ScrollText, href: routes.audit() },
    ],
  },
];
