/** The words around a match, as Rust marks them: the match stands between U+0001 and U+0002. */
export function snippetParts(snippet: string): { text: string; match: boolean }[] {
  return snippet
    .split('\u0001')
    .flatMap((part, index) => {
      if (index === 0) return [{ text: part, match: false }];
      const [match = '', ...rest] = part.split('\u0002');
      return [
        { text: match, match: true },
        { text: rest.join(''), match: false },
      ];
    })
    .filter(part => part.text !== '');
}
