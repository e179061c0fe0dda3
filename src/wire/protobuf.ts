import { loadSync, type AnyDefinition, type MessageTypeDefinition } from '@grpc/proto-loader';
import { ArcError } from '../contract/errors.js';

/** Turns one protobuf message into bytes and back. */
export interface MessageCodec<T> {
  /** @throws {TypeError} if a value does not fit its field. */
  encode(value: T): Uint8Array;
  /** @throws {Error} if the bytes are not such a message. */
  decode(bytes: Uint8Array): T;
}

/** The messages of some `.proto` files, compiled. */
export interface MessageTypes {
  /**
   * The codec of one message. Field names are in camel case, 64-bit integers decimal strings (numbers are accepted when
   * encoding), bytes `Buffer`s, enums numbers; fields that were not sent are absent.
   * @param name - the full name, e.g. `opamp.proto.AgentToServer`.
   * @throws {ArcError} `ARC_NOT_FOUND` if no file defines it.
   */
  codec<T extends object>(name: string): MessageCodec<T>;
}

/**
 * Compiles `.proto` files; reads them synchronously.
 * @param files - absolute paths, or paths below one of `includeDirs`.
 * @param includeDirs - where imports are looked up.
 * @throws {Error} if a file is missing or malformed.
 * @example
 * const types = loadTypes(['opamp/opamp.proto'], [join(PACKAGE_ROOT, 'src/contract/proto')]);
 * types.codec('opamp.proto.RetryInfo').encode({ retryAfterNanoseconds: '5' })
 */
export function loadTypes(files: readonly string[], includeDirs: readonly string[]): MessageTypes {
  const definitions = loadSync([...files], { longs: String, includeDirs: [...includeDirs] });
  return {
    codec<T extends object>(name: string): MessageCodec<T> {
      const definition = definitions[name];
      if (!definition || !isMessage(definition)) {
        throw new ArcError(
          'ARC_NOT_FOUND',
          `no message "${name}" in ${files.join(', ')}; check the package name`,
        );
      }
      return {
        encode: (value) => definition.serialize(value),
        // The caller's T is its view of what the .proto file says.
        decode: (bytes) => definition.deserialize(asBuffer(bytes)) as T,
      };
    },
  };
}

function isMessage(definition: AnyDefinition): definition is MessageTypeDefinition<object, object> {
  return 'serialize' in definition && typeof definition.serialize === 'function';
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
