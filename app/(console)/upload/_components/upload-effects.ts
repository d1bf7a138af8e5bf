import type { KeptContract } from '@/lib/catalog/schemas';
import { fetchJson } from '@/lib/fetch-json';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import { browserTransport } from '@/lib/storage/browser-transport';
import type { UploadEffects } from './upload-store';

const contractUrl = (dataset: string) => `/api/datasets/${encodeURIComponent(dataset)}/contract`;

/** The desk's world in a browser: files are looked into here, and only then does anything travel. */
export const browserEffects: UploadEffects = {
  inspect,
  findContract: async (dataset) => (await fetchJson<{ kept: KeptContract | null }>(contractUrl(dataset))).kept,
  async keepContract(dataset, contract) {
    const active: Contract = { ...contract, status: 'active' };
    const { etag } = await fetchJson<{ etag: string }>(contractUrl(dataset), {
      method: 'PUT',
      body: { contract: active },
    });
    return { contract: active, etag };
  },
  transport: ({ dataset, path, file }) => browserTransport({ dataset, path, file }),
  async findRun(key, versionId) {
    const query = new URLSearchParams({ key, versionId });
    return (await fetchJson<{ run: { id: string } | null }>(`/api/uploads/run?${query}`)).run?.id;
  },
  newId: () => crypto.randomUUID(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Reads as much of the file as the pipeline's first step will, and checks it by the same rules. */
async function inspect(file: File, dataset: string, contract: Contract | undefined) {
  const [{ inspectFile }, { headBytes }] = await Promise.all([
    import('@/lib/languages/contract/inspect-file.ts'),
    import('@/lib/languages/file-format/sniff.ts'),
  ]);
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const facts = { fileName: file.name, sizeBytes: file.size, truncated: file.size > head.length };
  return inspectFile(head, facts, dataset, contract);
}
