/** The part of Elastic's mock OTLP server the tests use; the package ships no declarations of it. */
declare module '@elastic/mockotlpserver' {
  interface MockOtlpServerOptions {
    logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
    services?: readonly ('grpc' | 'http' | 'ui')[];
    grpcHostname?: string;
    grpcPort?: number;
    httpHostname?: string;
    httpPort?: number;
    onTrace?: (trace: unknown) => void;
    onMetrics?: (metrics: unknown) => void;
    onLogs?: (logs: unknown) => void;
    onRequest?: (request: { readonly path: string }) => void;
  }
  export class MockOtlpServer {
    constructor(options: MockOtlpServerOptions);
    readonly grpcUrl: URL | null;
    readonly httpUrl: URL | null;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
