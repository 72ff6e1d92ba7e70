interface Part {
  text: string;
  match: boolean;
}

/**
 * The words around a match, as Rust marks them: the match stands between U+0001 and U+0002, each text of the record on a
 * line of its own. The record's `title` stands above them, and is not said twice.
 */
export function snippetParts(snippet: string, title = ''): Part[] {
  const lines = snippet.split('\n').filter(line => line.trim() !== '' && unmarked(line) !== title);
  return lines.flatMap((line, index) => [...(index > 0 ? [{ text: ' · ', match: false }] : []), ...parts(line)]);
}

const unmarked = (line: string) => line.replaceAll('\u0001', '').replaceAll('\u0002', '').replace(/^…|…$/g, '');

function parts(line: string): Part[] {
  return line
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
