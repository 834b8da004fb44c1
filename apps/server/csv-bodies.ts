import { errorCodes, type FastifyInstance } from 'fastify';

const UPLOADS = '/api/v1/imports/uploads';

/** Lets the one route that takes files read `text/csv` itself; everywhere else it stays an unsupported media type. */
export function leaveCsvToUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', (request, _payload, done) => {
    if (request.routeOptions.url === UPLOADS) done(null);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/csv'));
  });
}
