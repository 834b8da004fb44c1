import type { Deal } from '../api/deal.ts';
import type { DealWords } from '../../../history/deal-words.ts';
import type { DealAction } from '../deal-rules.ts';
import { useActionForm, type SimpleAction } from '../use-action-form.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { CommandDialog } from './command-dialog.tsx';
import { CreditDialog } from './credit-dialog.tsx';
import { TeamDialog } from './team-dialog.tsx';

/** An action whose dialog is open; a move may begin with a stage. */
export interface OpenAction {
  readonly action: DealAction;
  readonly toStage?: string;
}

interface DealDialogProps extends OpenAction {
  readonly deal: Deal;
  readonly words: DealWords;
  readonly commands: DealCommands;
  readonly onClose: () => void;
}

/** The dialog of an action of a deal. */
export function DealDialog({ action, ...rest }: DealDialogProps) {
  if (action === 'form-team') return <TeamDialog {...rest} />;
  if (action === 'split-credit') return <CreditDialog {...rest} />;
  return <SimpleDialog {...rest} action={action} />;
}

function SimpleDialog({ words, toStage, ...rest }: DealDialogProps & { readonly action: SimpleAction }) {
  const asked = useActionForm(rest.action, rest.deal, words, toStage);
  return <CommandDialog {...rest} {...asked} />;
}
