/** Slicing by eight: TABLES[256 * k + b] is the checksum of byte b followed by k zero bytes. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const shorter = tables[i - 256]!;
    tables[i] = (shorter << 8) ^ tables[shorter >>> 24]!;
  }
  return tables;
}

/**
 * The checksum of an Ogg page (RFC 3533 section 6, field 7): polynomial 0x04c11db7, highest bit first, initial value and final XOR 0. In a
 * page the checksum's own four bytes count as zero.
 * @param before the checksum of the bytes before these; a page can so be summed up piece by piece.
 * @returns an unsigned number of 32 bits.
 */
export function oggCrc(bytes: Uint8Array, before = 0): number {
  const t = TABLES;
  let crc = before | 0;
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    crc =
      t[0x700 + (crc >>> 24)]! ^
      t[0x600 + ((crc >>> 16) & 255)]! ^
      t[0x500 + ((crc >>> 8) & 255)]! ^
      t[0x400 + (crc & 255)]! ^
      t[0x300 + bytes[at + 4]!]! ^
      t[0x200 + bytes[at + 5]!]! ^
      t[0x100 + bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) crc = (crc << 8) ^ t[(crc >>> 24) ^ bytes[at]!]!;
  return crc >>> 0;
}

/** Where a page holds its checksum, in four bytes. */
const CRC_AT = 22;
const NO_CRC = new Uint8Array(4);

/** The checksum of a whole page, or of its start up to any byte behind the checksum, whose own four bytes count as zero. */
export function oggPageCrc(page: Uint8Array): number {
  return oggCrc(page.subarray(CRC_AT + 4), oggCrc(NO_CRC, oggCrc(page.subarray(0, CRC_AT))));
}
