/** Oldest Node.js release Arc runs on: the floor of OpenTelemetry JS 3.x. */
export const NODE_FLOOR = '22.15.0';

/**
 * Whether a Node.js release is new enough.
 * @example isSupportedNode('22.14.0') // false
 */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [floorMajor = 0, floorMinor = 0] = NODE_FLOOR.split('.').map(Number);
  return major > floorMajor || (major === floorMajor && minor >= floorMinor);
}
