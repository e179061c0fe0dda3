import {
  InstrumentationNodeModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation';

/** Told about a file of a package that was loaded. Returns what it shall export instead, if anything. */
export type AddModule = (moduleExports: unknown, version: string | undefined) => unknown;

/** A package of which some files matter. The name of the package stands for its main file. */
export function fileDefinition(
  module: string,
  files: readonly string[],
  add: AddModule,
): InstrumentationNodeModuleDefinition {
  const patch = (moduleExports: unknown, version?: string): unknown =>
    add(moduleExports, version) ?? moduleExports;
  const hooked = files.map((name) => new InstrumentationNodeModuleFile(name, ['*'], patch, () => undefined));
  const main = files.includes(module) ? patch : undefined;
  return new InstrumentationNodeModuleDefinition(module, ['*'], main, undefined, hooked);
}
