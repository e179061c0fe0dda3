import test from 'ava';
import { resolveOptions } from '../../src/contract/options.js';
import { SEMCONV_ENV, type SemconvChoice } from '../../src/contract/semconv-choice.js';

const reads = test.macro<[text: string, choice: SemconvChoice]>({
  exec(t, text, choice) {
    t.is(resolveOptions({}, { [SEMCONV_ENV]: text }).options.semconv, choice);
  },
  title: (_, text, choice) => `${SEMCONV_ENV}=${text} means ${choice}`,
});
test(reads, '', 'latest');
test(reads, 'gen_ai_latest_experimental', 'latest');
test(reads, 'gen_ai_latest_experimental,gen_ai/legacy', 'latest');
test(reads, 'gen_ai/dup', 'both');
test(reads, 'gen_ai_latest_experimental/dup', 'both');
test(reads, 'http/dup, database, gen_ai/dup ,gen_ai_latest_experimental', 'both');
test(reads, 'gen_ai/legacy', 'legacy');
test(reads, 'gen_ai/v1.36', 'legacy');
test(reads, 'gen_ai/v1.41.0', 'legacy');
test(reads, 'gen_ai/v1.35', 'latest');
test(reads, 'gen_ai/v1.42', 'latest');
test(reads, 'http,database/dup,gen_ai_tool_definitions', 'latest');

test('semconv: code wins over the variable, and only the three words are accepted from it', (t) => {
  t.is(resolveOptions({ semconv: 'legacy' }, { [SEMCONV_ENV]: 'gen_ai/dup' }).options.semconv, 'legacy');
  const error = t.throws(() => resolveOptions({ semconv: 'gen_ai/dup' as SemconvChoice }, {}));
  t.is(error.message, 'semconv: must be one of latest, legacy, both, received "gen_ai/dup"');
});
