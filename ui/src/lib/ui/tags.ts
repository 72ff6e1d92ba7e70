/** Tags with those added that a text names between commas; none is added twice. */
export function withTags(tags: readonly string[], text: string): string[] {
  const named = text.split(',').map(word => word.trim());
  return [...tags, ...new Set(named.filter(word => word !== '' && !tags.includes(word)))];
}
