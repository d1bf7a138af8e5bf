import { closeSync, openSync, writeSync } from 'node:fs';

const bufferLength = 1 << 20;

/** Writes comma-separated UTF-8, every value quoted but the empty ones. Synchronous: it lives in a thread of its own. */
export class LineFile {
  readonly #file: number;
  #buffer = '';

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  write(fields: string[]): void {
    this.#buffer += `${fields.map((field) => (field === '' ? '' : `"${field.replaceAll('"', '""')}"`)).join(',')}\n`;
    if (this.#buffer.length > bufferLength) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#buffer);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#buffer = '';
  }
}
