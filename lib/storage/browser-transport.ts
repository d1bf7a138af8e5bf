import { fetchJson, reportFrom } from '@/lib/fetch-json';
import type { UploadTransport } from './multipart-upload';
import type { PartUrl, StartedUpload, UploadedPart } from './schemas';
import { sendPart } from './send-part';
import type { RememberedUpload } from './upload-memory';

export interface Sent {
  dataset: string;
  path: string;
  file: File;
  /** An upload of the same file that was cut before. */
  begun?: RememberedUpload['begun'];
  /** Told when S3 has begun, so that it can be remembered. */
  onBegun: (begun: NonNullable<RememberedUpload['begun']>) => Promise<void>;
}

/** Carries an upload from this browser: the console's routes agree it with S3, the parts go there directly. */
export function browserTransport({ dataset, path, file, begun, onBegun }: Sent): UploadTransport {
  return {
    async create(signal) {
      const body = { dataset, path, sizeBytes: file.size, contentType: file.type };
      const upload = await fetchJson<StartedUpload>('/api/uploads', { body, signal });
      // Before the first byte leaves: a tab that is killed now leaves nothing that is not remembered.
      await onBegun({ key: upload.key, uploadId: upload.uploadId, partSizeBytes: upload.partSizeBytes });
      return upload;
    },
    async recall(signal) {
      if (!begun) return undefined;
      const query = new URLSearchParams({ key: begun.key, uploadId: begun.uploadId });
      try {
        const parts = await fetchJson<UploadedPart[]>(`/api/uploads/parts?${query}`, { signal });
        // Addresses are not kept: they expire, and S3 is asked for new ones.
        return { upload: { ...begun, urls: [] }, parts };
      } catch (error) {
        // It was completed, given up, or swept by the bucket's rule in the meantime: the file goes anew.
        if (reportFrom(error).code === 'NOT_FOUND') return undefined;
        throw error;
      }
    },
    sign(upload, numbers, signal) {
      return fetchJson<PartUrl[]>('/api/uploads/parts', { body: { ...upload, numbers }, signal });
    },
    put: sendPart,
    complete(whole, signal) {
      return fetchJson<{ versionId: string }>('/api/uploads/complete', { body: whole, signal });
    },
    async abort(upload) {
      await fetchJson('/api/uploads', { method: 'DELETE', body: upload });
    },
  };
}
