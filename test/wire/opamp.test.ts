import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  AgentToServerSchema,
  PackageStatusEnum,
  ServerToAgentSchema,
} from '@elastic/opamp-client-node/lib/generated/opamp_pb';
import test from 'ava';
import {
  decodeAgentToServer,
  decodeServerToAgent,
  encodeAgentToServer,
  encodeServerToAgent,
  frame,
  unframe,
} from '../../src/wire/opamp.js';
import { hasBit, type AgentToServer, type ServerToAgent } from '../../src/wire/opamp-messages.js';

const UID = Buffer.from('0193a1b2c3d47e5f8091a2b3c4d5e6f7', 'hex');
const HASH = Buffer.alloc(32, 7);

const AGENT: AgentToServer = {
  instanceUid: UID,
  sequenceNum: '18446744073709551615',
  capabilities: '10269',
  flags: '1',
  agentDescription: {
    identifyingAttributes: [
      { key: 'service.name', value: { stringValue: 'shop' } },
      { key: 'process.pid', value: { intValue: '4711' } },
    ],
    nonIdentifyingAttributes: [{ key: 'x', value: { boolValue: false } }],
  },
  health: { healthy: true, startTimeUnixNano: '1700000000000000001', status: 'apply', lastError: 'ä' },
  effectiveConfig: {
    configMap: { configMap: { 'arc.status': { body: Buffer.from('{}'), contentType: 'application/json' } } },
  },
  packageStatuses: {
    packages: {
      fleet: {
        name: 'fleet',
        agentHasVersion: '1',
        agentHasHash: HASH,
        serverOfferedVersion: '2',
        serverOfferedHash: HASH,
        status: 3,
        errorMessage: 'no',
      },
    },
    serverProvidedAllPackagesHash: HASH,
  },
  agentDisconnect: {},
};

const SERVER: ServerToAgent = {
  instanceUid: UID,
  flags: '1',
  capabilities: '29',
  agentIdentification: { newInstanceUid: UID },
  packagesAvailable: {
    allPackagesHash: HASH,
    packages: {
      fleet: { type: 1, version: '2', hash: HASH, file: { downloadUrl: 'http://h/p', contentHash: HASH } },
    },
  },
};

test('opamp: an agent message survives the independent codec in both directions', (t) => {
  const theirs = fromBinary(AgentToServerSchema, encodeAgentToServer(AGENT));
  t.is(theirs.sequenceNum, 18446744073709551615n);
  t.is(theirs.health?.startTimeUnixNano, 1700000000000000001n);
  t.deepEqual(theirs.agentDescription?.identifyingAttributes[1]?.value?.value, {
    case: 'intValue',
    value: 4711n,
  });
  t.is(theirs.packageStatuses?.packages['fleet']?.status, PackageStatusEnum.PackageStatusEnum_InstallFailed);
  t.is(theirs.$unknown, undefined);
  const back = decodeAgentToServer(toBinary(AgentToServerSchema, theirs));
  t.deepEqual(back, { ok: true, message: AGENT });
});

test('opamp: a server message survives the independent codec in both directions', (t) => {
  const theirs = fromBinary(ServerToAgentSchema, encodeServerToAgent(SERVER));
  t.is(theirs.capabilities, 29n);
  t.is(theirs.packagesAvailable?.packages['fleet']?.file?.downloadUrl, 'http://h/p');
  t.is(theirs.$unknown, undefined);
  t.deepEqual(decodeServerToAgent(toBinary(ServerToAgentSchema, theirs)), { ok: true, message: SERVER });
});

test('opamp: an error answer keeps its retry time through the independent codec', (t) => {
  const errorResponse = { type: 2, errorMessage: 'busy', retryInfo: { retryAfterNanoseconds: '5000000000' } };
  const theirs = fromBinary(ServerToAgentSchema, encodeServerToAgent({ instanceUid: UID, errorResponse }));
  t.is(theirs.errorResponse?.Details.case, 'retryInfo');
  const back = decodeServerToAgent(toBinary(ServerToAgentSchema, theirs));
  t.deepEqual(back, { ok: true, message: { instanceUid: UID, errorResponse } });
});

test('opamp: fields of the full protocol that Arc leaves out are skipped', (t) => {
  const message = create(ServerToAgentSchema, {
    instanceUid: UID,
    customMessage: { capability: 'c', type: 't', data: HASH },
    connectionSettings: { hash: HASH },
  });
  const decoded = decodeServerToAgent(toBinary(ServerToAgentSchema, message));
  t.true(decoded.ok);
});

for (const [name, bytes] of [
  ['a truncated field', '0a10ff'],
  ['a truncated tag', 'ff'],
  ['a wrong wire type', '0b'],
  ['no bytes', ''],
  ['a short uid', '0a0401020304'],
] as const) {
  test(`opamp: ${name} is a tagged error`, (t) => {
    const decoded = decodeAgentToServer(Buffer.from(bytes, 'hex'));
    t.false(decoded.ok);
    t.regex(decoded.ok ? '' : decoded.problem, /^AgentToServer(\.instance_uid)?: /);
  });
}

test('opamp: every prefix of a message decodes or is a tagged error, and never throws', (t) => {
  const bytes = encodeAgentToServer(AGENT);
  for (let length = 0; length <= bytes.length; length += 1) {
    t.notThrows(() => decodeAgentToServer(bytes.subarray(0, length)));
  }
});

test('opamp: a frame carries a zero varint header', (t) => {
  const bytes = Buffer.from('0a0101', 'hex');
  t.is(Buffer.from(frame(bytes)).toString('hex'), '000a0101');
  t.deepEqual(unframe(frame(bytes)), { ok: true, message: bytes });
});

test('opamp: frames without a header, of old senders, are taken as they are', (t) => {
  const bytes = Buffer.from('0a0101', 'hex');
  t.deepEqual(unframe(bytes), { ok: true, message: bytes });
});

test('opamp: a zero header in several bytes is still a zero', (t) => {
  t.deepEqual(unframe(Buffer.from('80000a0101', 'hex')), { ok: true, message: Buffer.from('0a0101', 'hex') });
});

test('opamp: an empty frame is a tagged error', (t) => {
  t.false(unframe(new Uint8Array(0)).ok);
});

test('hasBit: reads a 64-bit mask', (t) => {
  t.true(hasBit('18446744073709551615', 0x2000));
  t.false(hasBit('8', 0x10));
  t.false(hasBit(undefined, 1));
});
