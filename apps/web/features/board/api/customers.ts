import { api, dataOf } from '../../../api/client.ts';

/** The customer of that name, else a new one: deals name their customers themselves. */
export async function customerNamed(name: string): Promise<{ id: string; name: string }> {
  const { customers } = await dataOf(api.GET('/api/v1/search', { params: { query: { q: name } } }));
  const known = customers.find(({ customerName }) => customerName === name);
  return { id: known?.customerId ?? crypto.randomUUID(), name };
}
