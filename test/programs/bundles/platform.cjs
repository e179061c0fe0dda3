'use strict';
/** Calls the handler of a bundle as a platform does: twice in one process, which gets no further turn after the answers. */
const [, , bundle, event] = process.argv;
const { handler } = require(bundle);

(async () => {
  for (const round of [1, 2]) {
    const { statusCode, body } = await handler(JSON.parse(event));
    process.stdout.write(`${round} ${statusCode} ${body}\n`);
  }
  process.kill(process.pid, 'SIGKILL');
})();
