/** Numbers as they come, without the room that arrays take for millions of them. */
export interface GrowingColumn<Numbers> {
  push(number: number): void;
  /** All numbers; nothing may be pushed any more. */
  all(): Numbers;
}

/** A column of whole numbers of 32 bits. */
export function wholeNumbers(): GrowingColumn<Int32Array> {
  return growing((buffer) => new Int32Array(buffer));
}

/** A column of any numbers. */
export function numbers(): GrowingColumn<Float64Array> {
  return growing((buffer) => new Float64Array(buffer));
}

const FIRST_BYTES = 65_536;

function growing<Numbers extends Int32Array | Float64Array>(
  over: (buffer: ArrayBufferLike) => Numbers,
): GrowingColumn<Numbers> {
  let column = over(new ArrayBuffer(FIRST_BYTES));
  let length = 0;
  return {
    push(number) {
      if (length === column.length) column = over((column.buffer as ArrayBuffer).transfer(2 * column.byteLength));
      column[length++] = number;
    },
    all: () => column.subarray(0, length) as Numbers,
  };
}
