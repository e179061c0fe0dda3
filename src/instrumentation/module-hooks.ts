import { createRequire, register, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ADAPTERS } from './adapters/registry.js';
import { isBundled } from './bundled.js';
import { FRAMEWORK_PACKAGES, PROTOCOL_PACKAGES } from './frameworks/packages.js';

/**
 * ES modules whose exports are wrapped; nothing else is touched. The list is not only thrift: some packages do not
 * survive being wrapped (openai 4 among them), and each wrapped module costs start-up time.
 */
const INCLUDE: (string | RegExp)[] = [
  ...ADAPTERS.map(({ module }) => module),
  ...[...FRAMEWORK_PACKAGES, ...PROTOCOL_PACKAGES].flatMap(({ url }) => url ?? []),
  '@opentelemetry/api',
];

/**
 * Makes imports of the SDKs visible to the instrumentation. CommonJS needs nothing: `require` is hooked by the base class.
 * In a bundle nothing is done: its own modules are not loaded any more, and the hooks need files that lie beside them.
 */
export function hookEsModules(): void {
  if (isBundled()) return;
  // By a function of its own: a bundler that followed this one would put into the bundle what cannot run there.
  const requireHere = createRequire(__filename);
  const { register: registerSyncHooks, supportsSyncHooks } = requireHere(
    'import-in-the-middle/register-hooks.mjs',
  ) as typeof import('import-in-the-middle/register-hooks.mjs');
  if (supportsSyncHooks()) {
    registerSyncHooks({ include: INCLUDE });
    keepBuiltinFormat();
    return;
  }
  // Node 22 before 22.22.3: the loader runs on a thread of its own.
  register('import-in-the-middle/hook.mjs', pathToFileURL(__filename), { data: { include: INCLUDE } });
}

/**
 * import-in-the-middle 3.6 resolves a built-in module without a parent as `commonjs`, which makes `node -e` fail with
 * ENOENT when the hooks come from `--require`.
 */
function keepBuiltinFormat(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isBuiltin = resolved.url.startsWith('node:');
      return isBuiltin && resolved.format !== 'builtin' ? { ...resolved, format: 'builtin' } : resolved;
    },
  });
}
