import Anthropic from '@anthropic-ai/sdk';

// Reads ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL, as always.
const client = new Anthropic();

const stream = client.messages.stream({
  model: 'claude-sonnet-4-6',
  max_tokens: 300,
  temperature: 1.2,
  messages: [{ role: 'user', content: 'Name one river in France.' }],
});

for await (const event of stream) {
  if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
    process.stdout.write(event.delta.text);
  }
}
process.stdout.write('\n');
