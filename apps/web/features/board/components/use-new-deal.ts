import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { problemOf } from '../../../api/problem.ts';
import { useMe } from '../../../api/me.ts';
import { queryClient } from '../../../api/query-client.ts';
import { minorUnitsOf } from '../../../i18n/amount-text.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useToldProblem } from '../../../ui/told-problem.ts';
import { isFiltered } from '../../../filters/filter-changes.ts';
import { hides } from '../api/board.ts';
import { customerNamed } from '../api/customers.ts';
import { openDeal } from '../api/deal-steps.ts';
import { filtersOf } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { useKnownCurrencies } from './currency-select.tsx';
import { showRefusal } from './refusal.ts';

export interface NewDeal {
  readonly title: string;
  readonly amount: string;
  readonly owner: string;
  readonly customer: string;
  readonly closeDate: string;
  readonly stage: string;
}

interface NewDealOptions {
  readonly pipeline: string;
  readonly stage: string;
  readonly onOpened: () => void;
}

export type NewDealForm = ReturnType<typeof useNewDeal>;

/** Whose deal was opened last here; most people open their own, and reps do from the first. */
let lastOwner = '';

/** A form that opens a deal, with what the server says about its fields beside them. */
export function useNewDeal({ pipeline, stage, onOpened }: NewDealOptions) {
  const t = useTexts(boardTexts);
  const told = useToldProblem();
  const navigate = useNavigate();
  const filters = filtersOf(useSearch({ strict: false }));
  const [usual] = useKnownCurrencies(pipeline);
  const [chosen, choose] = useState<string>();
  const currency = chosen ?? usual;
  const me = useMe();
  const own = me?.role === 'rep' ? me.id : '';
  const key = useRef(crypto.randomUUID());
  const form = useForm<NewDeal>({
    defaultValues: { title: '', amount: '', owner: lastOwner || own, customer: '', closeDate: '', stage },
  });
  // Who uses the page and which stages there are may be known only after the form is drawn; what was typed stays.
  useEffect(() => {
    if (form.getValues('owner') === '') form.setValue('owner', own);
    if (form.getValues('stage') === '') form.setValue('stage', stage);
  }, [form, own, stage]);
  const tellOpened = async (id: string, title: string): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: ['opportunities'] });
    const show = () => void navigate({ to: '/deals/$id', params: { id } });
    // A board that cannot be read says so itself.
    const isHidden = isFiltered(filters) && (await hides(filters, id).catch(() => false));
    toast.success(t('opened', { title }), {
      ...(isHidden ? { description: t('openedHidden') } : {}),
      action: { label: t('openIt'), onClick: show },
    });
  };
  const opening = useMutation({
    mutationFn: async (deal: NewDeal) => {
      const customer = deal.customer.trim() === '' ? undefined : await customerNamed(deal.customer.trim());
      const minorUnits = minorUnitsOf(deal.amount, currency);
      const optional = {
        ...(customer === undefined ? {} : { customer }),
        ...(minorUnits === undefined ? {} : { amount: { minorUnits, currency } }),
        ...(deal.closeDate === '' ? {} : { expectedCloseDate: deal.closeDate }),
      };
      const { title, owner, stage: stageId } = deal;
      return openDeal(
        { pipelineId: pipeline, stageId, title: title.trim(), owner: owner.trim(), ...optional },
        key.current,
      );
    },
    onSuccess: ({ id }, { title, owner }) => {
      lastOwner = owner.trim();
      key.current = crypto.randomUUID();
      void tellOpened(id, title);
      // Before the reset, after which the form knows its fields only once they are drawn.
      onOpened();
      form.reset({ ...form.formState.defaultValues, owner: lastOwner, stage });
    },
    onError: (error) => {
      // Another content needs another key. What may have arrived after all must not be opened twice.
      if (problemOf(error).code !== 'unreachable') key.current = crypto.randomUUID();
      const refusal = showRefusal<NewDeal>(
        told(error),
        {
          title: 'title',
          owner: 'owner',
          amount: 'amount',
          customer: 'customer',
          expectedCloseDate: 'closeDate',
          stageId: 'stage',
          region: 'stage',
        },
        form.setError,
      );
      if (refusal !== undefined) form.setError('root', { message: refusal });
    },
  });
  const { register } = form;
  return {
    form,
    currency: { value: currency, onChange: choose },
    isOpening: opening.isPending,
    submit: form.handleSubmit((deal) => opening.mutate(deal)),
    fields: {
      title: () => register('title', { validate: (text) => text.trim() !== '' || t('titleMissing') }),
      owner: () => register('owner', { validate: (text) => text.trim() !== '' || t('ownerMissing') }),
      amount: () =>
        register('amount', {
          validate: (text) => text.trim() === '' || minorUnitsOf(text, currency) !== undefined || t('amountWrong'),
        }),
    },
  };
}
