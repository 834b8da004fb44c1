import { EventCatalogue, type EventsOf } from '../catalogue.ts';
import type { Projection } from '../projections/projection.ts';
import { Type, type Static } from '../schema.ts';

const definitions = {
  OrderPlaced: { version: 1, description: 'An order begins.', data: Type.Object({ customer: Type.String() }) },
  OrderLineAdded: {
    version: 2,
    description: 'Something is ordered.',
    data: Type.Object({ lineId: Type.String(), item: Type.String(), quantity: Type.Integer() }),
    upcasts: [(data: Record<string, unknown>) => ({ ...data, quantity: 1 })],
  },
  OrderLineRemoved: { version: 1, description: 'A line goes.', data: Type.Object({ lineId: Type.String() }) },
  OrderShipped: { version: 1, description: 'An order is on its way.', data: Type.Object({}) },
} as const;

export type OrderEvent = EventsOf<typeof definitions>;

/** Events of a small world for tests of the runner. */
export const orderCatalogue = new EventCatalogue(definitions);

const Line = Type.Object({ id: Type.String(), item: Type.String(), quantity: Type.Integer() });
const Order = Type.Object(
  { id: Type.String(), customer: Type.String(), shipped: Type.Boolean(), lines: Type.Array(Line) },
  { additionalProperties: false },
);
export type Order = Static<typeof Order>;
const Customer = Type.Object({ id: Type.String(), orders: Type.Integer(), last: Type.String() });
type Customer = Static<typeof Customer>;

/** The item of a line that no order takes until it is mended. */
export const POISON = 'poison';

/**
 * Two projections: orders, with their lines as details, and the customers behind them, whose key is not the stream.
 * While `mended` says no, a line with the item `POISON` throws. `version` and `title` stand for a change of code.
 */
export function orderProjections(
  mended: () => boolean = () => false,
  { version = 1, title = (customer: string) => customer } = {},
): readonly Projection[] {
  const orders: Projection<Order, OrderEvent> = {
    name: 'orders',
    version,
    owner: 'tests',
    collection: { name: 'orders', description: 'An order.', schema: Order, indexes: [['customer']] },
    handles: ['OrderPlaced', 'OrderLineAdded', 'OrderLineRemoved', 'OrderShipped'],
    key: (event) => event.stream.slice('order-'.length),
    keyedByStream: true,
    evolve(order, event) {
      if (event.type === 'OrderPlaced') {
        return {
          id: event.stream.slice('order-'.length),
          customer: title(event.data.customer),
          shipped: false,
          lines: [],
        };
      }
      if (!order) throw new Error(`${event.stream} does not begin with OrderPlaced.`);
      switch (event.type) {
        case 'OrderLineAdded': {
          const { lineId, item, quantity } = event.data;
          if (item === POISON && !mended()) throw new Error('No order takes this.');
          return { ...order, lines: [...order.lines, { id: `${order.id}/${lineId}`, item, quantity }] };
        }
        case 'OrderLineRemoved':
          return { ...order, lines: order.lines.filter(({ id }) => id !== `${order.id}/${event.data.lineId}`) };
        case 'OrderShipped':
          return { ...order, shipped: true };
      }
    },
    details: {
      collection: { name: 'order_lines', description: 'A line of an order.', schema: Line, indexes: [['item']] },
      of: ({ lines }) => lines,
    },
  };
  const customers: Projection<Customer, OrderEvent> = {
    name: 'customers',
    version: 1,
    owner: 'tests',
    collection: { name: 'customers', description: 'Who orders.', schema: Customer, indexes: [] },
    handles: ['OrderPlaced'],
    key: (event) => (event.type === 'OrderPlaced' ? event.data.customer : undefined),
    evolve: (customer, event) => ({
      id: event.type === 'OrderPlaced' ? event.data.customer : '',
      orders: (customer?.orders ?? 0) + 1,
      last: event.stream,
    }),
  };
  return [orders, customers] as readonly unknown[] as readonly Projection[];
}
