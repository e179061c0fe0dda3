import type { SdkStatus } from '../../contract/status.js';

/** A package Arc observes beside the SDKs: the one place that says which versions are tested and what is hooked. */
export interface FrameworkPackage {
  /** Short name of the framework, e.g. `langchain`; several packages may share it. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** Package name. */
  readonly module: string;
  /** Tested versions: from the first, below the second, as dotted numbers. */
  readonly tested: readonly (readonly [from: string, below: string])[];
  /** What a program imports to load the hooked files; `arc doctor` does. */
  readonly entry: string;
  /**
   * Its files that are hooked, as the module hooks name them; the name of the package stands for its main file. Empty for
   * a package the hooks need not see.
   */
  readonly files: readonly string[];
  /** The ES modules among them by their URL: other files of the package import them by relative paths. */
  readonly url?: RegExp;
}

/** A file of a framework that was loaded. */
export interface LoadedFile {
  readonly package: FrameworkPackage;
  readonly moduleExports: unknown;
  readonly version: string | undefined;
}

/** What Arc observes of one framework, beside the model calls in it. */
export interface Framework {
  /** What the module hooks tell it of. */
  readonly packages: readonly FrameworkPackage[];
  /**
   * Observes what a file exports. Copies seen before are left alone.
   * @returns what the file shall export instead; as a rule what it does.
   */
  addModule(file: LoadedFile): unknown;
  /** Begins to observe; called once for each `restore`. */
  apply(): void;
  /** Leaves the framework as it was. */
  restore(): void;
  /** Every copy seen so far. */
  status(): readonly SdkStatus[];
}
