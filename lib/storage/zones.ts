/** What the browser needs to know of zones and limits, apart from the schemas: those bring the whole of zod along. */
export const zones = ['raw', 'quarantine', 'processed', 'results'] as const;
export type Zone = (typeof zones)[number];

/** The zones whose files people change; what is in the others, the pipeline writes. */
export const editableZones = ['raw', 'quarantine'] as const;
export type EditableZone = (typeof editableZones)[number];

/** So many files at most are copied, moved or deleted as one change. */
export const CHANGE_MAX_FILES = 10_000;
/** An archive is for taking some files along; the lake as a whole is for a sync client. */
export const ZIP_MAX_FILES = 1_000;
/** Zip's own limit without its 64-bit form, which the writer does not speak. */
export const ZIP_MAX_BYTES = 4_000_000_000;
