import type { KeptContract } from '@/lib/catalog/schemas';
import { fetchJson } from '@/lib/fetch-json';
import { printCrc64 } from '@/lib/languages/checksum/crc64-nvme.ts';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import { browserTransport } from '@/lib/storage/browser-transport';
import { crc32Of, crc64Of, lookInto, wholeCrc64Of } from '@/lib/storage/file-workers';
import type { SameSized } from '@/lib/storage/schemas';
import { sleep } from '@/lib/storage/sleep';
import { browserMemory } from '@/lib/storage/upload-memory';
import { holdUpload } from './held-uploads';
import type { UploadEffects } from './upload-store';

const contractUrl = (dataset: string) => `/api/datasets/${encodeURIComponent(dataset)}/contract`;

/** The desk's world in a browser: files are looked into here, and only then does anything travel. */
export function browserEffects(person: string): UploadEffects {
  return {
    person,
    look: lookInto,
    findContract: async (dataset) => (await fetchJson<{ kept: KeptContract | null }>(contractUrl(dataset))).kept,
    async keepContract(dataset, contract) {
      const active: Contract = { ...contract, status: 'active' };
      const { etag } = await fetchJson<{ etag: string }>(contractUrl(dataset), {
        method: 'PUT',
        body: { contract: active },
      });
      return { contract: active, etag };
    },
    findSameSized: (dataset, sizes) => fetchJson<SameSized[]>('/api/uploads/same-sized', { body: { dataset, sizes } }),
    checksum: async (algorithm, file) => (algorithm === 'CRC32' ? crc32Of(file) : printCrc64(await wholeCrc64Of(file))),
    partChecksum: crc64Of,
    transport: browserTransport,
    async findRun(key, versionId) {
      const query = new URLSearchParams({ key, versionId });
      return (await fetchJson<{ run: { id: string } | null }>(`/api/uploads/run?${query}`)).run?.id;
    },
    memory: browserMemory,
    hold: holdUpload,
    newId: () => crypto.randomUUID(),
    now: Date.now,
    sleep,
    schedule,
  };
}

const HIDDEN_MS = 250;

/** Once a frame; a page that is not seen has no frames, and still sends. */
function schedule(update: () => void): void {
  if (document.hidden) setTimeout(update, HIDDEN_MS);
  else requestAnimationFrame(update);
}
