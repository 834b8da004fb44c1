import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { lazyPart } from '../../../shell/lazy-code.tsx';
import { useShortcuts } from '../../../shell/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { uiTexts } from '../../../ui/ui.texts.ts';
import { boardTexts } from '../board.texts.ts';

const NewDealDialog = lazyPart(() => import('./new-deal-dialog.tsx'), 'NewDealDialog');

/** Opens the dialog of a new deal, as `n` does. On a phone it has no room for its name unless `isNamed`. */
export function NewDealButton({ pipeline, isNamed }: { readonly pipeline: string; readonly isNamed?: boolean }) {
  const t = useTexts(boardTexts);
  const ui = useTexts(uiTexts);
  const mayChange = useMay()('change');
  const [opening, setOpening] = useState(false);
  useShortcuts(useMemo(() => (mayChange ? { n: () => setOpening(true) } : {}), [mayChange]));
  return (
    <>
      <Button
        look="primary"
        disabled={!mayChange}
        title={mayChange ? undefined : ui('readOnly')}
        onClick={() => setOpening(true)}
      >
        <Plus size={15} aria-hidden />
        <span className={isNamed ? '' : 'sr-only sm:not-sr-only'}>{t('newDeal')}</span>
      </Button>
      {opening && <NewDealDialog pipeline={pipeline} onClose={() => setOpening(false)} />}
    </>
  );
}
