import type { Proposed } from './event-log-double.ts';

/** An event as another program might write it: without our envelope. */
export function foreignEvent(type: string): Proposed {
  const data = Buffer.from('{}');
  return { id: crypto.randomUUID(), type, contentType: 'application/json', data, metadata: Buffer.from('') };
}
