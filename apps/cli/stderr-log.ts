import type { LoggerService, LogLevel } from '@nestjs/common';
import { ServerLog } from '../server/server-log.ts';

class StderrLog extends ServerLog {
  protected override printMessages(messages: unknown[], context?: string, level?: LogLevel): void {
    super.printMessages(messages, context, level, 'stderr');
  }
}

/** The server's log on the standard error, where the standard output belongs to the answer. */
export function stderrLog(): LoggerService {
  return new StderrLog();
}
