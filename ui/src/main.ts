/** Where the window begins. */
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { theme } from '$lib/store/theme.svelte';

theme.apply();

const target = document.getElementById('app');
if (target) mount(App, { target });
