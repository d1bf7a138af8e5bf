'use client';
import { useQuery } from '@tanstack/react-query';
import { foldersOptions } from '@/lib/storage/query-options';

/** The folders that there are, one level below what is typed so far. */
export function FolderOptions({ id, typed }: { id: string; typed: string }) {
  const parent = typed.slice(0, typed.lastIndexOf('/') + 1);
  const { data = [] } = useQuery(foldersOptions(parent));
  return (
    <datalist id={id}>
      {data.map((folder) => (
        <option key={folder} value={folder.replace(/\/$/, '')} />
      ))}
    </datalist>
  );
}
