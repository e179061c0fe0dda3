'use strict';
/** Calls both SDKs, one of them streaming, and prints what came back. */
module.exports = async function callBoth(OpenAI, Anthropic) {
  const messages = [{ role: 'user', content: 'hi' }];
  const answer = await new OpenAI({ maxRetries: 0 }).chat.completions.create({
    model: 'gpt-4',
    messages,
    temperature: 0.95,
  });
  console.log(`openai ${answer.object}`);
  const stream = await new Anthropic({ maxRetries: 0 }).messages.create({
    model: 'claude-sonnet-4-6',
    max_tokens: 16,
    messages,
    stream: true,
  });
  let events = 0;
  for await (const _event of stream) events += 1;
  console.log(`anthropic ${events > 1}`);
};
