import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** In which characters are written down as bytes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

/**
 * The encoding that a file of text is most likely in. Sure for UTF-8 and for UTF-16 with its mark; of other bytes,
 * those that mostly stand in pairs as common Chinese characters do are GB18030, the rest is Western.
 */
export async function encodingOf(path: string): Promise<TextEncoding> {
  let isFirst = true;
  let previous = 0;
  let [high, inUtf8, inPairs] = [0, 0, 0];
  // Of a character in UTF-8: bytes that must follow, and how many it has in all.
  let [missing, length] = [0, 0];
  // A pair is done: its second byte begins no other.
  let isPaired = false;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
    if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
    isFirst = false;
    for (const byte of chunk) {
      if (byte >= 0x80) {
        high += 1;
        if (missing > 0 && byte < 0xc0) {
          missing -= 1;
          if (missing === 0) inUtf8 += length;
        } else {
          length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
          missing = length - 1;
        }
        isPaired = !isPaired && previous >= 0xb0 && previous <= 0xf7 && byte >= 0xa1;
        if (isPaired) inPairs += 2;
      } else {
        missing = 0;
        isPaired = false;
      }
      previous = byte;
    }
  }
  // A few broken characters do not make another encoding of a file.
  if (inUtf8 * 2 >= high) return 'utf-8';
  return inPairs * 2 > high ? 'gb18030' : 'windows-1252';
}

/** Writes a file anew in UTF-8. */
export async function rewriteAsUtf8(path: string, encoding: TextEncoding): Promise<void> {
  const rewritten = `${path}.utf-8`;
  const decoder = new TextDecoder(encoding);
  await pipeline(
    createReadStream(path),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
      yield decoder.decode();
    },
    createWriteStream(rewritten),
  );
  await rename(rewritten, path);
}
