/** Where the window begins. */
import './app.css';
import { mount } from 'svelte';
import { theme } from '$lib/store/theme.svelte';
import App from './App.svelte';

theme.apply();

const target = document.getElementById('app');
if (target) mount(App, { target });
