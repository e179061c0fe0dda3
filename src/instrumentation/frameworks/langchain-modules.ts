/** Where LangChain and LangGraph keep the classes Arc observes, in every module format. */

/** A package and the file of it that has a class. */
interface FrameworkModule {
  readonly module: string;
  /** In the package, as the module hooks name it, CommonJS and ES module. */
  readonly files: readonly string[];
  /** The same ES module by its URL: other files of the package import it by relative paths. */
  readonly url: RegExp;
}

/** `Pregel` of LangGraph runs every graph and prebuilt agent; `StructuredTool` of LangChain is the base of every tool. */
export const LANGCHAIN_MODULES: readonly FrameworkModule[] = [
  frameworkModule('@langchain/langgraph', 'dist/pregel/index'),
  frameworkModule('@langchain/core', 'dist/tools/index'),
];

function frameworkModule(module: string, path: string): FrameworkModule {
  return {
    module,
    files: ['.cjs', '.js'].map((extension) => `${module}/${path}${extension}`),
    url: new RegExp(`/${module}/${path}\\.js$`),
  };
}
