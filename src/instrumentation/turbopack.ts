import { registerHooks } from 'node:module';

/** `openai-f0ed28f090f94724/helpers/zod`: what Turbopack calls a package outside the bundle, and how it goes on. */
const RENAMED = /^(?<name>.+)-[\da-f]{16}(?<path>\/.*)?$/;

/**
 * Lets the module hooks know packages that Turbopack has renamed: it imports what stays outside a bundle by its name and a
 * hash, through a link in `.next/node_modules`. The import is resolved again by the package's own name, from the folder
 * the package lies in, so that it is the same file of the same copy. `require` needs none of it: there the file counts.
 * @param packages - names of the packages the hooks are for.
 */
export function hookRenamedPackages(packages: readonly string[]): void {
  // Goes first also on the Node 22 where the other hooks run on a thread of their own.
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const { name, path = '' } = RENAMED.exec(specifier)?.groups ?? {};
      if (name === undefined || !packages.includes(name)) return found;
      const folder = `/node_modules/${name}/`;
      const at = found.url.lastIndexOf(folder);
      if (at < 0) return found;
      const parentURL = `${found.url.slice(0, at)}/node_modules/_.js`;
      return next(`${name}${path}`, { ...context, parentURL });
    },
  });
}
