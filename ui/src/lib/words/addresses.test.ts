import { expect, test } from 'vitest';
import { canOpen, withScheme } from './addresses';

test('a bare host gets its scheme; what has one, or is no address, stays', () => {
  expect(withScheme('example.org')).toBe('https://example.org');
  expect(withScheme('sub.example.org:8080/a?b#c')).toBe('https://sub.example.org:8080/a?b#c');
  for (const typed of ['', 'http://example.org', 'mailto:a@example.org', 'two words', 'example'])
    expect(withScheme(typed)).toBe(typed);
});

test('only web and mail addresses are opened', () => {
  expect(canOpen('HTTPS://example.org')).toBe(true);
  expect(canOpen('mailto:a@example.org')).toBe(true);
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'https://', 'https://a b'])
    expect(canOpen(url), url).toBe(false);
});
