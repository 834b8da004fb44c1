import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../libs/eventsourcing/event.ts';
import { RequestActor } from '../../libs/http/actor.ts';
import { MeDto } from './me.dto.ts';

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  @Get()
  @ApiOperation({ summary: 'Who asks, and in which role' })
  @ApiOkResponse({ type: MeDto })
  me(@RequestActor() { id, role }: Actor): Pick<Actor, 'id' | 'role'> {
    return { id, role };
  }
}
