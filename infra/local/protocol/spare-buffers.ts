/**
 * Buffers for the bytes of answers, used again and again. A new one for each answer would be collected soon enough, but
 * what lies outside of V8's heap makes it look through all of the heap, several times a second.
 */
export const SPARE_BUFFER_BYTES = 256 << 10;

const MAX_SPARE = 32;
const spare: Buffer[] = [];

export const takeBuffer = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(SPARE_BUFFER_BYTES);

/** Only what nobody reads any more: not the system either, on its way to a client. */
export function giveBack(...buffers: Buffer[]): void {
  spare.push(...buffers.slice(0, MAX_SPARE - spare.length));
}
