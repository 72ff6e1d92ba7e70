import { expect, test } from 'vitest';
import { withTags } from './tags';

test('a tag is added once, however often it is named', () => {
  expect(withTags(['rust'], ' go, go ,rust,, zig')).toEqual(['rust', 'go', 'zig']);
  expect(withTags([], ' , ')).toEqual([]);
});
