/**
 * The OpAMP messages as `src/contract/proto/opamp/opamp.proto` defines them, in the form the codec takes and gives: camel
 * case, 64-bit integers as decimal strings, absent fields absent.
 * @see https://github.com/open-telemetry/opamp-spec/blob/main/specification.md
 */
export interface AgentToServer {
  /** 16 bytes. */
  readonly instanceUid: Uint8Array;
  readonly sequenceNum?: string;
  readonly agentDescription?: AgentDescription;
  /** Bits of {@link AGENT_CAPABILITY}. */
  readonly capabilities?: string;
  readonly health?: ComponentHealth;
  readonly effectiveConfig?: EffectiveConfig;
  readonly packageStatuses?: PackageStatuses;
  readonly agentDisconnect?: Readonly<Record<string, never>>;
  /** Bits of {@link AGENT_FLAG}. */
  readonly flags?: string;
}

/** Who the agent is. */
export interface AgentDescription {
  readonly identifyingAttributes?: readonly KeyValue[];
  readonly nonIdentifyingAttributes?: readonly KeyValue[];
}

/** One attribute. */
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}

/** The attribute values Arc uses; others are read as absent. */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  /** Decimal. */
  readonly intValue?: string;
  readonly doubleValue?: number;
}

/** Whether the agent works. */
export interface ComponentHealth {
  readonly healthy?: boolean;
  /** Nanoseconds since 1970, decimal. */
  readonly startTimeUnixNano?: string;
  readonly lastError?: string;
  readonly status?: string;
  /** Nanoseconds since 1970, decimal. */
  readonly statusTimeUnixNano?: string;
}

/** The configuration in force, as named files. */
export interface EffectiveConfig {
  readonly configMap?: { readonly configMap?: Readonly<Record<string, AgentConfigFile>> };
}

/** One of those files. */
export interface AgentConfigFile {
  readonly body?: Uint8Array;
  readonly contentType?: string;
}

/** What the agent says of its packages. */
export interface PackageStatuses {
  readonly packages?: Readonly<Record<string, PackageStatus>>;
  readonly serverProvidedAllPackagesHash?: Uint8Array;
  readonly errorMessage?: string;
}

/** What the agent says of one package. */
export interface PackageStatus {
  readonly name?: string;
  readonly agentHasVersion?: string;
  readonly agentHasHash?: Uint8Array;
  readonly serverOfferedVersion?: string;
  readonly serverOfferedHash?: Uint8Array;
  /** One of {@link PACKAGE_STATUS}; absent means `installed`, the zero of the enum. */
  readonly status?: number;
  readonly errorMessage?: string;
}

/** What the server says. */
export interface ServerToAgent {
  readonly instanceUid: Uint8Array;
  readonly errorResponse?: ServerErrorResponse;
  readonly packagesAvailable?: PackagesAvailable;
  /** Bits of {@link SERVER_FLAG}. */
  readonly flags?: string;
  /** Bits of {@link SERVER_CAPABILITY}. */
  readonly capabilities?: string;
  readonly agentIdentification?: { readonly newInstanceUid?: Uint8Array };
}

/** Why the server did not process a message. */
export interface ServerErrorResponse {
  /** One of {@link ERROR_TYPE}. */
  readonly type?: number;
  readonly errorMessage?: string;
  readonly retryInfo?: { readonly retryAfterNanoseconds?: string };
}

/** The whole set of packages on offer. */
export interface PackagesAvailable {
  readonly packages?: Readonly<Record<string, PackageAvailable>>;
  readonly allPackagesHash?: Uint8Array;
}

/** One package on offer. */
export interface PackageAvailable {
  readonly type?: number;
  readonly version?: string;
  readonly file?: { readonly downloadUrl?: string; readonly contentHash?: Uint8Array };
  readonly hash?: Uint8Array;
}

/** `AgentCapabilities`. */
export const AGENT_CAPABILITY = {
  reportsStatus: 0x1,
  reportsEffectiveConfig: 0x4,
  acceptsPackages: 0x8,
  reportsPackageStatuses: 0x10,
  reportsHealth: 0x800,
  reportsHeartbeat: 0x2000,
} as const;

/** `ServerCapabilities`. */
export const SERVER_CAPABILITY = {
  acceptsStatus: 0x1,
  acceptsEffectiveConfig: 0x4,
  offersPackages: 0x8,
  acceptsPackagesStatus: 0x10,
} as const;

/** `AgentToServerFlags`. */
export const AGENT_FLAG = { requestInstanceUid: 0x1 } as const;

/** `ServerToAgentFlags`. */
export const SERVER_FLAG = { reportFullState: 0x1 } as const;

/** `PackageStatusEnum`. */
export const PACKAGE_STATUS = {
  installed: 0,
  installPending: 1,
  installing: 2,
  installFailed: 3,
  downloading: 4,
} as const;

/** `PackageType`. */
export const PACKAGE_TYPE = { topLevel: 0, addon: 1 } as const;

/** `ServerErrorResponseType`. */
export const ERROR_TYPE = { unknown: 0, badRequest: 1, unavailable: 2 } as const;

/** Tests one bit of a 64-bit mask as the codec gives it. */
export function hasBit(mask: string | undefined, bit: number): boolean {
  return mask !== undefined && (BigInt(mask) & BigInt(bit)) !== 0n;
}
