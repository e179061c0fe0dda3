import test from 'ava';
import { resolveOptions } from '../../src/contract/options.js';
import { providerAt, providerNames } from '../../src/contract/provider-names.js';

test('providerNames: pairs of a text, in one spelling', (t) => {
  const text =
    'VLLM.internal:8000=vllm, localhost:1234=lmstudio,https://Gateway.internal/v1/=openai, [::1]:8080=llama.cpp,';
  t.deepEqual(providerNames(text, 'ARC_PROVIDERS'), {
    'vllm.internal:8000': 'vllm',
    'localhost:1234': 'lmstudio',
    'https://gateway.internal:443/v1': 'openai',
    '[::1]:8080': 'llama.cpp',
  });
});

test('providerNames: an object from code', (t) => {
  t.deepEqual(resolveOptions({ providers: { 'localhost:1234': 'lmstudio' } }, {}).options.providers, {
    'localhost:1234': 'lmstudio',
  });
});

test('providerNames: settings show what the variable takes', (t) => {
  const { settings } = resolveOptions({}, { ARC_PROVIDERS: 'b:1=vllm,a=x_ai' });
  t.deepEqual(
    settings.find(({ key }) => key === 'providers'),
    { key: 'providers', value: 'b:1=vllm,a=x_ai', origin: 'env' },
  );
});

const named = test.macro<[string, string, string | undefined]>({
  exec(t, names, url, expected) {
    t.is(providerAt(providerNames(names, 'ARC_PROVIDERS'), new URL(url)), expected);
  },
  title: (_, names, url) => `providerAt: ${names} for ${url}`,
});
test(named, 'vllm.internal=vllm', 'http://vllm.internal:8000/v1', 'vllm');
test(named, 'vllm.internal=vllm', 'http://vllm.internal.example/v1', undefined);
test(named, 'internal=vllm', 'http://vllm.internal/v1', undefined);
test(named, 'vllm.internal:8000=vllm', 'http://vllm.internal:8000/v1', 'vllm');
test(named, 'vllm.internal:8000=vllm', 'http://vllm.internal:8001/v1', undefined);
test(named, 'vllm.internal:800=vllm', 'http://vllm.internal:8000/v1', undefined);
test(named, 'vllm.internal:443=vllm', 'https://vllm.internal/v1', 'vllm');
test(named, '[::1]:8080=llama.cpp', 'http://[::1]:8080/v1', 'llama.cpp');
test(named, 'gateway.internal/vllm=vllm', 'http://gateway.internal:9000/vllm/v1', 'vllm');
test(named, 'gateway.internal/vllm=vllm', 'http://gateway.internal/vllm-2/v1', undefined);
test(named, 'gateway.internal/v1=vllm', 'http://gateway.internal/v1', 'vllm');
test(named, 'https://gateway.internal/v1=vllm', 'https://gateway.internal/v1/', 'vllm');
test(named, 'https://gateway.internal/v1=vllm', 'http://gateway.internal/v1/', undefined);
test(named, 'https://gateway.internal/v1=vllm', 'https://gateway.internal:8443/v1/', undefined);
test(named, 'a.b=one,a.b/v1=two,a.b/v1/x=three', 'http://a.b/v1/y', 'two');

const refused = test.macro<[unknown, string]>({
  exec(t, value, received) {
    const error = t.throws(() => providerNames(value, 'ARC_PROVIDERS'), { code: 'ARC_CONFIG_INVALID' });
    t.true(error.message.startsWith('ARC_PROVIDERS: must be '), error.message);
    t.true(error.message.endsWith(`, received ${received}`), error.message);
  },
  title: (_, value) => `providerNames: ${JSON.stringify(value)} is refused`,
});
test(refused, 'vllm.internal', '"=vllm.internal"');
test(refused, 'localhost:1234=', '"localhost:1234="');
test(refused, 'localhost:99999=vllm', '"localhost:99999=vllm"');
test(refused, 'localhost:0=vllm', '"localhost:0=vllm"');
test(refused, 'ftp://a=vllm', '"ftp://a=vllm"');
test(refused, 'https://user:key@a/v1=vllm', '"https://user:key@a/v1=vllm"');
test(refused, 'https://a/v1?x=1=vllm', '"https://a/v1?x=1=vllm"');
test(refused, 'a=two words', '"a=two words"');
test(refused, { 'localhost:1234': 7 }, '{"localhost:1234":7}');
test(refused, ['localhost:1234=vllm'], '["localhost:1234=vllm"]');
