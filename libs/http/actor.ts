import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../eventsourcing/event.ts';

/** The parameter that holds who a request is from. */
export const RequestActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest<{ actor: Actor }>().actor,
);
