import type { PlanProgress } from './schemas';

/** How far the reading of a dry run is; once its signal is aborted, nothing more is read. */
export class PlanReading {
  readonly signal: AbortSignal;
  readonly progress: PlanProgress = { files: 0, toRead: 0, found: 0, readBytes: 0 };

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  listed(objects: number): void {
    this.progress.found += objects;
  }

  chosen(files: number): void {
    this.progress.toRead += files;
  }

  began(address: string): void {
    this.progress.current = address;
  }

  read(bytes: number): void {
    this.progress.readBytes += bytes;
  }

  ended(): void {
    this.progress.files++;
  }
}
