const png = 'data:image/png;base64,c2VjcmV0';
const schema = { type: 'object', properties: {} };
const functionTool = {
  type: 'function',
  function: { name: 'look', description: 'Looks.', parameters: schema },
};

/** Requests with every kind of content each API takes, by API. */
export const REQUESTS: Readonly<Record<string, object>> = {
  'openai.chat.completions': {
    messages: [
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: png } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          { type: 'input_audio', input_audio: { data: 'c2VjcmV0', format: 'wav' } },
          { type: 'file', file: { file_id: 'file-1' } },
          { type: 'something new' },
        ],
      },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
      { role: 'assistant', content: null, refusal: 'No.', audio: { id: 'a-1' }, reasoning: 'Hm.' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":' } }],
      },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c2', type: 'custom', custom: { name: 'write', input: 'text' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'seen' },
    ],
    tools: [functionTool, { type: 'custom', custom: { name: 'write' } }, { type: 'web_search' }],
  },
  'openai.responses': {
    instructions: 'Be brief.',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: png },
        ],
      },
      { role: 'user', content: [{ type: 'input_file', file_id: 'file-1' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{"at":1}' },
      { type: 'function_call_output', call_id: 'c1', output: [{ type: 'output_text', text: 'seen' }] },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { type: 'item_reference', id: 'x' },
    ],
    tools: [{ type: 'function', name: 'look', parameters: schema }, { type: 'web_search' }],
  },
  'anthropic.messages': {
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'c2VjcmV0' } },
          { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
          { type: 'document', source: { type: 'file', file_id: 'file_1' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'redacted_thinking', data: 'c2VjcmV0' },
          { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'river' } },
          { type: 'web_search_tool_result', tool_use_id: 's1', content: [] },
          { type: 'tool_use', id: 't1', name: 'look', input: { at: 1 } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1' }] },
    ],
    tools: [
      { name: 'look', input_schema: schema },
      { type: 'custom', name: 'other', input_schema: schema },
      { type: 'web_search_20250305', name: 'web_search' },
    ],
  },
  'google.generate_content': {
    contents: [
      {
        role: 'user',
        parts: [
          { text: 'Look' },
          { inlineData: { mimeType: 'image/png', data: 'c2VjcmV0' } },
          { fileData: { mimeType: 'video/mp4', fileUri: 'gs://bucket/a.mp4' } },
          { executableCode: { language: 'PYTHON', code: '1' } },
        ],
      },
      {
        role: 'model',
        parts: [{ text: 'Hm.', thought: true }, { functionCall: { name: 'look', args: { at: 1 } } }],
      },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { sky: 'blue' } } }] },
    ],
    config: {
      systemInstruction: 'Be brief.',
      tools: [{ functionDeclarations: [{ name: 'look', parameters: schema }] }, { googleSearch: {} }],
    },
  },
  'aws.bedrock.converse': {
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
    messages: [
      {
        role: 'user',
        content: [
          { text: 'Look' },
          { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } },
          { video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/a.mp4' } } } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm.' } } },
          { reasoningContent: { redactedContent: new Uint8Array([1]) } },
          { toolUse: { toolUseId: 't1', name: 'look', input: { at: 1 } } },
        ],
      },
      { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { seen: true } }] } }] },
    ],
    toolConfig: {
      tools: [
        { toolSpec: { name: 'look', inputSchema: { json: schema } } },
        { systemTool: { name: 'nova_grounding' } },
        { cachePoint: { type: 'default' } },
      ],
    },
  },
  'mistral.chat': {
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', imageUrl: { url: png } },
          { type: 'document_url', documentUrl: 'https://example.com/a.pdf' },
          { type: 'reference', referenceIds: [1] },
        ],
      },
      { role: 'assistant', content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] },
      { role: 'assistant', toolCalls: [{ id: 'c1', function: { name: 'look', arguments: { at: 1 } } }] },
      { role: 'tool', toolCallId: 'c1', content: 'seen' },
    ],
    tools: [functionTool, { type: 'web_search' }],
  },
  'cohere.chat': {
    messages: [{ role: 'assistant', toolCalls: [{ id: 'c1', function: { name: 'look', arguments: '{}' } }] }],
    tools: [functionTool],
  },
  'cohere.v1.chat': {
    message: 'Name a river.',
    preamble: 'Be brief.',
    chatHistory: [
      { role: 'USER', message: 'Hi' },
      { role: 'CHATBOT', message: '', toolCalls: [{ name: 'look', parameters: { at: 1 } }] },
      { role: 'TOOL', toolResults: [{ call: { name: 'look' }, outputs: [{ seen: true }] }] },
    ],
    toolResults: [{ call: { name: 'look' }, outputs: [{ seen: true }] }],
    tools: [{ name: 'look', description: 'Looks.', parameterDefinitions: {} }],
  },
  'anthropic.completions': { prompt: '\n\nHuman: Hi\n\nAssistant:' },
  'ollama.chat': {
    messages: [
      { role: 'user', content: 'Look', images: ['c2VjcmV0'] },
      {
        role: 'assistant',
        content: '',
        thinking: 'Hm.',
        tool_calls: [{ function: { name: 'look', arguments: {} } }],
      },
      { role: 'tool', content: 'seen', tool_name: 'look' },
    ],
    tools: [functionTool],
  },
  'ollama.generate': { prompt: 'Look', system: 'Be brief.', images: ['c2VjcmV0'] },
  'mistral.fim': { prompt: 'def' },
  'openai.completions': { prompt: ['A river', 'A lake'] },
};
