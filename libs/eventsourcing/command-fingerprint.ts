import { hash } from 'node:crypto';

/**
 * SHA-256, hexadecimal, of what a command says: equal for equal content, in whatever order its properties come and
 * whether what is left out is absent or undefined.
 */
export function fingerprintOf(...parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts, sortedKeys));
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, Reflect.get(value, key)]));
}
