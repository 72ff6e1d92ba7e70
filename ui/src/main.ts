/** Where the window begins: what its first page will ask is asked at once, while the page itself is still being read. */
import './app.css';
import { askAhead } from '$lib/api/call';
import { theme } from '$lib/store/theme.svelte';
import { isoDay } from '$lib/words/dates';

theme.apply();
askAhead('vault_info');
askAhead('today', { day: isoDay(new Date()) });

const target = document.getElementById('app');
if (target) void import('./window').then(({ open }) => open(target));
