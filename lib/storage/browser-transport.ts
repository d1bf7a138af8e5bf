import { fetchJson } from '@/lib/fetch-json';
import type { UploadTransport } from './multipart-upload';
import type { PartUrl, StartedUpload, UploadedPart, UploadRef } from './schemas';
import { sendPart } from './send-part';

export interface Sent {
  dataset: string;
  path: string;
  file: File;
}

/**
 * Carries an upload from this browser: the console's routes agree it with S3, the parts go there directly.
 * What was begun is remembered on this browser, so that the same file goes on where it was cut.
 */
export function browserTransport({ dataset, path, file }: Sent): UploadTransport {
  const memory = remembered(`${dataset}/${path}`, file);
  return {
    async create(signal) {
      const body = { dataset, path, sizeBytes: file.size, contentType: file.type };
      const upload = await fetchJson<StartedUpload>('/api/uploads', { body, signal });
      memory.keep(upload);
      return upload;
    },
    async recall(signal) {
      const upload = memory.recall();
      if (!upload) return undefined;
      const query = new URLSearchParams({ key: upload.key, uploadId: upload.uploadId });
      try {
        return { upload, parts: await fetchJson<UploadedPart[]>(`/api/uploads/parts?${query}`, { signal }) };
      } catch {
        // It was completed, given up, or swept by the bucket's rule in the meantime.
        memory.forget();
        return undefined;
      }
    },
    sign(upload, numbers, signal) {
      return fetchJson<PartUrl[]>('/api/uploads/parts', { body: { ...upload, numbers }, signal });
    },
    put: sendPart,
    async complete(upload, parts, signal) {
      const body = { ...upload, parts };
      const completed = await fetchJson<{ versionId: string }>('/api/uploads/complete', { body, signal });
      memory.forget();
      return completed;
    },
    async abort(upload: UploadRef) {
      memory.forget();
      await fetchJson('/api/uploads', { method: 'DELETE', body: upload });
    },
  };
}

function remembered(key: string, file: File) {
  const name = `lacustre.upload ${key} ${file.size} ${file.lastModified}`;
  return {
    keep({ uploadId, partSizeBytes }: StartedUpload) {
      localStorage.setItem(name, JSON.stringify({ key, uploadId, partSizeBytes }));
    },
    recall(): StartedUpload | undefined {
      const text = localStorage.getItem(name);
      // Addresses are not kept: they expire, and S3 is asked for new ones.
      return text ? { ...(JSON.parse(text) as Omit<StartedUpload, 'urls'>), urls: [] } : undefined;
    },
    forget() {
      localStorage.removeItem(name);
    },
  };
}
