/** Four calls: two that Arc repairs, a stream it repairs, and one the model server refuses. */
export async function callAll(openai, anthropic) {
  const chat = { model: 'gpt-4', temperature: 1.2, messages: [{ role: 'user', content: 'Hello' }] };
  const completion = await openai.chat.completions.create(chat);
  console.log(completion.choices[0].message.content);

  let streamed = '';
  for await (const chunk of await openai.chat.completions.create({ ...chat, stream: true })) {
    streamed += chunk.choices[0]?.delta?.content ?? '';
  }
  console.log(streamed);

  const message = await anthropic.messages.create({ ...chat, model: 'claude-sonnet-4-6', max_tokens: 50 });
  console.log(message.content[0].text);

  try {
    await openai.chat.completions.create({ model: 'no-such-model', messages: [] });
  } catch (error) {
    console.log(`refused with ${error.status}`);
  }
}
