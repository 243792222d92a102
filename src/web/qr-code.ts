import { createRequire } from 'node:module';
import type QrCode from 'qrcode';

const require = createRequire(import.meta.url);

/** A QR code as one SVG path in a square of `size` units, the quiet zone of four included (ISO/IEC 18004). */
export function qrCode(text: string): { size: number; path: string } {
  // Read for the first code that is drawn: few pages have one, and every start would wait for it.
  const { create }: typeof QrCode = require('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let start = 0; start < modules.size; start += 1) {
      if (!modules.get(row, start)) continue;
      let end = start + 1;
      while (end < modules.size && modules.get(row, end)) end += 1;
      path += `M${start + quiet} ${row + quiet}h${end - start}v1h-${end - start}z`;
      start = end;
    }
  }
  return { size: modules.size + 2 * quiet, path };
}
