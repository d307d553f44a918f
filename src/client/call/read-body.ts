/**
 * The text of a body, or `undefined` when it has more than `maxBytes` bytes. What is too long is not kept in memory.
 *
 * @throws what fetch throws when the body ends early
 */
export const readBody = async (response: Response, maxBytes: number): Promise<string | undefined> => {
  const length = response.headers.get('Content-Length');
  // The length counts bytes as they are sent: a compressed body can be any size.
  if (length !== null && Number(length) <= maxBytes && response.headers.get('Content-Encoding') === null) {
    return response.text();
  }
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
};
