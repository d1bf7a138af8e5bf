export { findWriters, type Writer, writerKey } from './find-writers';
export { recordAudit } from './record-audit';
