import test from 'ava';
import { readEndpoint } from '../../../src/instrumentation/adapters/endpoint.js';
import { viewOfLogged } from '../../../src/patterns/request-names.js';

const named = test.macro({
  exec(t, url: string, provider: string) {
    t.is(readEndpoint(url, 'openai').provider, provider);
  },
  title: (_, url, provider) => `readEndpoint: ${url} is ${provider}`,
});
test(named, 'https://api.moonshot.cn/v1', 'moonshot_ai');
test(named, 'https://api.moonshot.ai/v1', 'moonshot_ai');
test(named, 'https://dashscope.aliyuncs.com/compatible-mode/v1', 'dashscope');
test(named, 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', 'dashscope');
test(named, 'https://openrouter.ai/api/v1', 'openrouter');
test(named, 'https://api.together.xyz/v1', 'together_ai');
test(named, 'https://api.cohere.ai/compatibility/v1', 'cohere');
test(named, 'https://api.fireworks.ai/inference/v1', 'fireworks');
test(named, 'https://api.cerebras.ai/v1', 'cerebras');
test(named, 'https://api.deepinfra.com/v1/openai', 'deepinfra');
test(named, 'https://integrate.api.nvidia.com/v1', 'nvidia');
test(named, 'https://ark.cn-beijing.volces.com/api/v3', 'volcengine');
test(named, 'https://open.bigmodel.cn/api/paas/v4', 'zhipu');
test(named, 'https://api.minimax.io/v1', 'minimax');
test(named, 'https://codestral.mistral.ai/v1', 'mistral_ai');
test('readEndpoint: a host nobody knows goes by the client', (t) => {
  t.is(readEndpoint('http://gateway.internal/v1', 'openai').provider, 'openai');
});

test('viewOfLogged: short names are those hosts have', (t) => {
  const provider = (name: string) =>
    viewOfLogged({ provider: name, api: 'openai.chat.completions', body: {} }).provider;
  t.is(provider('moonshot'), 'moonshot_ai');
  t.is(provider('together'), 'together_ai');
  t.is(provider('dashscope'), 'dashscope');
});
