import { expect, it } from 'vitest';
import { crc32, printCrc32 } from './crc32.ts';

it('is the CRC of gzip, in one go and in pieces', () => {
  // https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-32-iso-hdlc
  const bytes = new TextEncoder().encode('123456789');
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
  expect(printCrc32(0xcbf43926)).toBe('y/Q5Jg==');
});
