import type { Decider } from '../eventsourcing/decider.ts';
import { NotFound, RuleViolation } from '../eventsourcing/errors.ts';
import type { ImportEvent } from './import.events.ts';

type Data<Type extends ImportEvent['type']> = Extract<ImportEvent, { type: Type }>['data'];

export type ImportCommand =
  | ({ readonly type: 'BeginImport' } & Omit<Data<'ImportBegun'>, 'importId'>)
  | ({ readonly type: 'FinishImport' } & Data<'ImportFinished'>)
  | ({ readonly type: 'UndoImport' } & Data<'ImportUndone'>);

export type ImportState = { readonly status: 'none' | 'begun' | 'finished' | 'undone' };

/** An import as an aggregate: so that it can be seen who brought in what, and taken back. */
export const importDecider: Decider<ImportState, ImportCommand, ImportEvent> = {
  kind: 'import',
  initial: { status: 'none' },
  decide(command, { status }, { id }) {
    if (command.type === 'BeginImport') {
      const { kind, files } = command;
      if (status !== 'none') throw new RuleViolation('already_exists', `There is an import ${id} already.`);
      return [{ type: 'ImportBegun', data: { importId: id, kind, files } }];
    }
    if (status === 'none') throw new NotFound('import', id);
    if (command.type === 'FinishImport') {
      const { deals, opened, events, refused } = command;
      return [{ type: 'ImportFinished', data: { deals, opened, events, refused } }];
    }
    const { withdrawn, restored, left } = command;
    return [{ type: 'ImportUndone', data: { withdrawn, restored, left } }];
  },
  evolve(_, event) {
    switch (event.type) {
      case 'ImportBegun':
        return { status: 'begun' };
      case 'ImportFinished':
        return { status: 'finished' };
      case 'ImportUndone':
        return { status: 'undone' };
    }
  },
};
