import { exportResponse } from './export-response.js';
import { type Context, Hono } from './hono.js';
import { readBody } from './http-body.js';
import { otlpJsonToProtobuf } from './otlp-json.js';
import type { Receipt, Receiver } from './receive.js';
import { encodeRpcStatus, RPC_CODE } from './rpc-status.js';
import { type Signal, SIGNAL_NAMES, type SignalCodecs, SIGNALS } from './signals.js';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
type MediaType = typeof PROTOBUF | typeof JSON_TYPE;

/** The HTTP errors there are, with the code of `google.rpc.Status` each stands for. */
const CODES = {
  400: RPC_CODE.invalidArgument,
  404: RPC_CODE.unimplemented,
  405: RPC_CODE.unimplemented,
  413: RPC_CODE.invalidArgument,
  415: RPC_CODE.invalidArgument,
  503: RPC_CODE.unavailable,
} as const;
type HttpError = keyof typeof CODES;

interface Success {
  readonly kind: 'ok';
  readonly signal: Signal;
  readonly receipt: Extract<Receipt, { kind: 'accepted' }>;
}

interface Failure {
  readonly kind: 'error';
  readonly http: HttpError;
  readonly message: string;
}

/** Takes exports over OTLP/HTTP, in protobuf or JSON; answers come in the form of the request. */
export function createOtlpHttp(receiver: Receiver, codecs: SignalCodecs): Hono {
  const app = new Hono();
  for (const signal of SIGNALS) {
    const { httpPath } = SIGNAL_NAMES[signal];
    app.post(httpPath, async (context) => {
      const type = mediaType(context.req.header('content-type'));
      const answer = await take(signal, context.req.raw, type, { receiver, codecs });
      if (answer.kind === 'error') return fail(context, type ?? JSON_TYPE, answer);
      return succeed(context, type ?? JSON_TYPE, answer, codecs);
    });
    app.all(httpPath, (context) => {
      context.header('allow', 'POST');
      return fail(context, JSON_TYPE, problem(405, `${httpPath} takes POST only`));
    });
  }
  app.notFound((context) => {
    const paths = SIGNALS.map((signal) => SIGNAL_NAMES[signal].httpPath).join(', ');
    return fail(context, JSON_TYPE, problem(404, `OTLP/HTTP is served on ${paths}`));
  });
  return app;
}

interface Parts {
  readonly receiver: Receiver;
  readonly codecs: SignalCodecs;
}

async function take(
  signal: Signal,
  request: Request,
  type: MediaType | undefined,
  { receiver, codecs }: Parts,
): Promise<Success | Failure> {
  if (!type) return problem(415, `Content-Type must be ${PROTOBUF} or ${JSON_TYPE}`);
  const result = await readBody(request);
  if (result.kind === 'too_large') return problem(413, result.message);
  if (result.kind === 'bad_encoding') return problem(415, result.message);
  if (result.kind === 'malformed') return problem(400, result.message);
  const body = type === JSON_TYPE ? fromJson(signal, result.body, codecs) : result.body;
  if (typeof body === 'string') return problem(400, body);
  const receipt = receiver.receive(signal, body);
  if (receipt.kind === 'accepted') return { kind: 'ok', signal, receipt };
  return problem(receipt.kind === 'malformed' ? 400 : 503, receipt.message);
}

/** @returns protobuf, or a sentence that says what is wrong. */
function fromJson(signal: Signal, body: Uint8Array, codecs: SignalCodecs): Uint8Array | string {
  try {
    return otlpJsonToProtobuf(signal, Buffer.from(body).toString('utf8'), codecs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `the body is not a valid ${SIGNAL_NAMES[signal].request} in JSON: ${reason}`;
  }
}

function succeed(
  context: Context,
  type: MediaType,
  { signal, receipt }: Success,
  codecs: SignalCodecs,
): Response {
  const response = exportResponse(signal, receipt);
  if (type === JSON_TYPE) return context.json(response);
  return context.body(new Uint8Array(codecs.responses[signal].encode(response)), 200, {
    'content-type': PROTOBUF,
  });
}

function fail(context: Context, type: MediaType, { http, message }: Failure): Response {
  const status = { code: CODES[http], message };
  if (http === 503) context.header('retry-after', '1');
  if (type === JSON_TYPE) return context.json(status, http);
  return context.body(new Uint8Array(encodeRpcStatus(status)), http, { 'content-type': PROTOBUF });
}

function problem(http: HttpError, message: string): Failure {
  return { kind: 'error', http, message };
}

function mediaType(header: string | undefined): MediaType | undefined {
  const essence = header?.split(';', 1)[0]?.trim().toLowerCase();
  return essence === PROTOBUF || essence === JSON_TYPE ? essence : undefined;
}
