import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { openHost } from './host';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { opening: openHost() } });
