import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CarryOut, CommandContext, CommandResult } from '../eventsourcing/command-handler.ts';
import type { DomainEvent } from '../eventsourcing/event.ts';

/**
 * Makes the two classes that the bus wants of a slice: its commands on their way, whatever they are, and the handler
 * that takes them to the function provided under `token`.
 */
export function commandsOnBus<SliceCommand extends object, Event extends DomainEvent>(token: symbol) {
  class CommandOnBus extends Command<CommandResult<Event>> {
    readonly id: string;
    readonly command: SliceCommand;
    readonly context: CommandContext;

    constructor(id: string, command: SliceCommand, context: CommandContext) {
      super();
      this.id = id;
      this.command = command;
      this.context = context;
    }
  }

  @CommandHandler(CommandOnBus)
  class CommandOnBusHandler implements ICommandHandler<CommandOnBus> {
    readonly #carryOut: CarryOut<SliceCommand, Event>;

    constructor(@Inject(token) carryOut: CarryOut<SliceCommand, Event>) {
      this.#carryOut = carryOut;
    }

    execute({ id, command, context }: CommandOnBus): Promise<CommandResult<Event>> {
      return this.#carryOut(id, command, context);
    }
  }

  return [CommandOnBus, CommandOnBusHandler] as const;
}
