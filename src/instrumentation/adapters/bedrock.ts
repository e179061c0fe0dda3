import type { SdkAdapter, SdkTarget } from './adapter.js';
import { operationOf } from './bedrock-command.js';
import { converse, converseStream } from './bedrock-converse.js';
import { invokeTarget } from './bedrock-invoke.js';
import { isRecord, record } from './shape.js';

/** Every command goes through one method; those that ask no model for text are left alone. */
const send: SdkTarget = { ...converse, pick };

/** Amazon Bedrock through `@aws-sdk/client-bedrock-runtime`. */
export const bedrock: SdkAdapter = {
  id: 'bedrock',
  module: '@aws-sdk/client-bedrock-runtime',
  tested: [['3.1163.0', '4.0.0']],
  isClient: (client) => isRecord(client) && record(client['config'])['serviceId'] === 'Bedrock Runtime',
  targets: [send],
};

function pick(args: readonly unknown[]): SdkTarget | undefined {
  const [command] = args;
  switch (operationOf(command)) {
    case 'Converse':
      return converse;
    case 'ConverseStream':
      return converseStream;
    case 'InvokeModel':
      return invokeTarget(command, false);
    case 'InvokeModelWithResponseStream':
      return invokeTarget(command, true);
    default:
      return undefined;
  }
}
