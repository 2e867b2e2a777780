// Mantine's styles come in a cascade layer, so that everything unlayered in base.css and in the
// modules beside the components wins whatever the order of loading.
import './mantine-styles.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './base.css';
