/**
 * Largest export that is taken, in bytes, after decompression. The OpenTelemetry default of 4 MiB refuses a full batch
 * of spans that carry prompts; 512 spans of 32 KiB each fit here.
 */
export const MAX_EXPORT_BYTES = 16_777_216;

/** Idle time after which the server asks a silent gRPC client whether it is still there, in milliseconds. */
export const KEEPALIVE_TIME_MS = 60_000;

/** How long it waits for the answer before it closes the connection, in milliseconds. */
export const KEEPALIVE_TIMEOUT_MS = 20_000;

/** How long a closing server waits for requests in flight, in milliseconds. */
export const CLOSE_GRACE_MS = 5_000;
