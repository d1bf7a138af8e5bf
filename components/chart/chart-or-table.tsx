'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';

/** A drawing, and the same in figures for whoever reads rather than sees. */
export function ChartOrTable({ chart, table }: { chart: ReactNode; table: ReactNode }) {
  const t = useTranslations('result.chart');
  const [isTable, setIsTable] = useState(false);
  return (
    <div className="grid min-w-0 gap-1">
      {isTable ? <div className="max-h-44 overflow-y-auto">{table}</div> : chart}
      <span className="justify-self-end">
        <Button size="sm" variant="ghost" onClick={() => setIsTable(!isTable)}>
          {t(isTable ? 'asChart' : 'asTable')}
        </Button>
      </span>
    </div>
  );
}
