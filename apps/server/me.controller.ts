import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../libs/eventsourcing/event.ts';
import { RequestActor } from '../../libs/http/actor.ts';
import { may, rights, type Right } from '../../libs/http/rights.ts';
import { MeDto } from './me.dto.ts';

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who asks, in which role, and what it may do' })
  @ApiOkResponse({ type: MeDto })
  me(@RequestActor() actor: Actor): Pick<Actor, 'id' | 'role'> & { may: readonly Right[] } {
    const { id, role } = actor;
    return { id, role, may: rights.filter((right) => may(actor, right)) };
  }
}
