'use client';
import type { ReactNode } from 'react';
import type { FileTimeline } from '@/lib/versions/schemas';
import { FileGone } from './file-gone';
import { FileHeader } from './file-header';
import { RestoreNotice } from './restore-notice';
import { TimelinePanel } from './timeline-panel';
import { useFreshTimeline } from './use-fresh-timeline';
import { useRestore } from './use-restore';

/** What the person may do with this file. */
export interface May {
  download: boolean;
  restore: boolean;
  delete: boolean;
  rerun: boolean;
}

interface FileViewProps {
  file: FileTimeline;
  version: string | undefined;
  may: May;
  /** The chosen version's own page. */
  children?: ReactNode;
}

export function FileView({ file, version, may, children }: FileViewProps) {
  const restore = useRestore(file);
  useFreshTimeline(file);
  const isGone = file.current?.kind === 'deletion';
  return (
    <>
      <FileHeader file={file} may={may} />
      <div className="page">
        {isGone && <FileGone file={file} restore={restore} mayRestore={may.restore} />}
        <RestoreNotice file={file} restore={restore} mayDelete={may.delete} />
        {children}
        <TimelinePanel file={file} version={version} may={may} restore={restore} />
      </div>
    </>
  );
}
