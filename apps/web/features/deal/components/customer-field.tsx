import { useTexts } from '../../../i18n/texts.ts';
import type { Deal } from '../api/deal.ts';
import { fieldTexts } from '../../../terms/field.texts.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { InlineField } from './inline-field.tsx';

interface CustomerFieldProps {
  readonly deal: Deal;
  readonly state: Deal;
  /** None where it cannot be changed. */
  readonly commands: DealCommands | undefined;
}

/** Whom the deal is with; both the name and the id by which others know the customer. */
export function CustomerField({ deal, state, commands }: CustomerFieldProps) {
  const named = useTexts(fieldTexts);
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-start gap-1">
      <dt className="text-muted py-1">{named('customer')}</dt>
      <dd>
        <InlineField
          label={named('customer')}
          shown={state.customerName ?? state.customerId ?? named('unknown')}
          editing={
            commands && {
              deal,
              commands,
              fields: [
                { name: 'name', path: 'customer.name', dealField: 'customer', label: named('customer'), kind: 'text' },
                { name: 'id', path: 'customer.id', label: named('customer.id'), kind: 'text' },
              ],
              defaults: { name: deal.customerName ?? '', id: deal.customerId ?? '' },
              commandOf: ({ name = '', id = '' }) => ({
                name: 'correct-details',
                body: {
                  customer: name.trim() === '' && id.trim() === '' ? null : { id: id.trim(), name: name.trim() },
                },
              }),
            }
          }
        />
      </dd>
    </div>
  );
}
