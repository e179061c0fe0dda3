#!/usr/bin/env node
import { NODE_FLOOR, isSupportedNode } from '../contract/node-floor.js';

if (isSupportedNode(process.versions.node)) {
  // Loaded only here: what the commands need does not exist on an older Node.
  const { runCli } = require('./program.js') as typeof import('./program.js');
  void runCli(process.argv.slice(2), {
    env: process.env,
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
    colour: process.stdout.isTTY && !process.env['NO_COLOR'],
  }).then((code) => {
    process.exitCode = code;
  });
} else {
  process.stderr.write(`arc: needs Node ${NODE_FLOOR} or newer, this is ${process.versions.node}\n`);
  process.exitCode = 1;
}
